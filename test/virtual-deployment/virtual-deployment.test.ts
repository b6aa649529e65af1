import { tierNames } from '../../lib/tiers/tier';
import { entryPoints, environment } from '../../services/contract';
import { resourceSpec } from '../support/resource-specs';
import { type CloudFormationResource, templateOf } from '../support/stores';
import { type Program, programs, readers, unread } from './containers';
import { type Deployment, deploy, physicalName } from './deploy';
import { publishedNames, type ReadDimension, readDimensions } from './metric-names';
import { networkPaths } from './network-paths';
import { deployed, regionOf, storeNames } from './stores';

type Properties = CloudFormationResource['Properties'];

const resourcesOf = ({ resources }: Deployment) => [...resources.values()];
const has = (deployment: Deployment, type: string) => resourcesOf(deployment).some(({ Type }) => Type === type);

describe.each(storeNames)('%s', (store) => {
  test('has no name of nothing, no attribute that its type lacks, and no circle', () => {
    expect(deployed(store).problems).toEqual([]);
  });

  test('reads metrics of what exists, in alarms, scaling and dashboards', () => {
    expect(readDimensions(deployed(store)).length).toBeGreaterThan(100);
    expect(unpublished(deployed(store), regionOf(store))).toEqual([]);
  });

  test('scales services that exist', () => {
    const [cluster] = publishedNames(deployed(store), regionOf(store)).ClusterName ?? [];
    const services = publishedNames(deployed(store), regionOf(store)).ServiceName ?? [];
    const scaled = resourcesOf(deployed(store)).flatMap(({ Type, Properties }) =>
      Type === 'AWS::ApplicationAutoScaling::ScalableTarget' ? [String(Properties.ResourceId)] : [],
    );
    expect(new Set(scaled)).toEqual(new Set(services.map((service) => `service/${cluster}/${service}`)));
  });

  test('opens both sides of each way that its programs need, and no other', () => {
    const { open, oneSided } = networkPaths(deployed(store));
    expect(oneSided).toEqual([]);
    expect(open).toEqual(neededPaths(store));
  });

  test('starts its programs with variables that they take, and with none that they never look at', () => {
    const all = programs(deployed(store), regionOf(store));
    const own = all.filter(({ entryPoint }) => entryPoint !== undefined && entryPoint in readers);
    expect(own.length).toBeGreaterThan(1);
    expect(own.flatMap((program) => unread(program).map((variable) => `${program.at}: ${variable}`))).toEqual([]);
  });

  test('gives no two resources of a type the same name', () => {
    const names = ownNames(deployed(store));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

test('stores that stand side by side share no name', () => {
  const stores = [
    'small',
    'small with payments, e-mails and log-in by passwords',
    'medium in somebody’s VPC',
    'large with the longest name',
  ];
  const names = stores.flatMap((store) => ownNames(deployed(store)));
  expect(names.length).toBeGreaterThan(400);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('every program of the store is started somewhere, and a container of somebody’s own by their command', () => {
  const all = storeNames.flatMap((store) => programs(deployed(store), regionOf(store)));
  expect(new Set(all.map(({ entryPoint }) => entryPoint))).toEqual(new Set([...Object.keys(readers), undefined]));
  const theirs = all.filter(({ entryPoint }) => entryPoint === undefined);
  expect(theirs.length).toBeGreaterThan(0);
  const commands = theirs.map(({ words }) => words.join(' '));
  expect(new Set(commands)).toEqual(new Set(['', 'run api', 'run jobs', 'run migrations', 'run site']));
});

describe.each(tierNames.flatMap((from) => tierNames.flatMap((to) => (from === to ? [] : [[from, to] as const]))))(
  '%s → %s',
  (from, to) => {
    test('changes no property of what holds data for which CloudFormation would make it anew', () => {
      expect(remade(deployed(from), deployed(to))).toEqual([]);
    });
  },
);

/** Medium with one of its resources changed. */
const broken = (id: RegExp, change: (properties: Properties) => void): Deployment => {
  const template = structuredClone(templateOf('medium'));
  const found = Object.keys(template.Resources).filter((logicalId) => id.test(logicalId));
  expect(found).toHaveLength(1);
  change(template.Resources[found[0] ?? '']?.Properties ?? {});
  return deploy(template, { stack: 'Store-shop', region: 'us-east-1' });
};

describe('a mistake in a template', () => {
  test('is told where an attribute does not exist', () => {
    const { problems } = broken(/^Alarmsqueueageemailwarning/, (alarm) => {
      alarm.Dimensions[0].Value['Fn::GetAtt'][1] = 'Name';
    });
    expect(problems).toEqual([expect.stringMatching(/^QueuesEmail\w+: AWS::SQS::Queue has no attribute Name$/)]);
  });

  test('is told where an alarm reads what AWS does not publish', () => {
    const deployment = broken(/^Alarmsqueueageemailwarning/, (alarm) => {
      alarm.Dimensions[0].Value['Fn::GetAtt'][1] = 'Arn';
    });
    expect(unpublished(deployment, 'us-east-1').map(({ by, name }) => [by, name])).toEqual([
      [expect.stringMatching(/^Alarmsqueueageemailwarning/), 'QueueName'],
    ]);
  });

  test('is told where one side of a way is closed', () => {
    const deployment = broken(/^CacheSecurityGroupfromStoreshopApiTasks/, (rule) => {
      rule.FromPort = 6380;
    });
    expect(networkPaths(deployment).oneSided).toEqual(['ApiTasks → Cache 6379', 'ApiTasks → Cache 6380-6379']);
  });

  test('is told where a variable has another name than its program knows', () => {
    const deployment = broken(/^WorkerTasksTask[0-9A-F]{8}$/, ({ ContainerDefinitions: [, worker] }) => {
      const variable = worker.Environment.find(({ Name }: { Name: string }) => Name === environment.cacheHost);
      variable.Name = 'CACHE_ADDRESS';
    });
    const worker = programs(deployment, 'us-east-1').find(({ entryPoint }) => entryPoint === entryPoints.worker);
    expect(() => unread(worker as Program)).toThrow(
      expect.objectContaining({ problems: [`${environment.cacheHost} is missing`] }) as Error,
    );
  });

  test('is told where what holds data would be made anew', () => {
    const deployment = broken(/^DatabasePrimary[0-9A-F]{8}$/, (database) => {
      database.DBName = 'shop';
    });
    expect(remade(deployed('medium'), deployment)).toEqual([expect.stringMatching(/^DatabasePrimary\w+\.DBName$/)]);
  });
});

function unpublished(deployment: Deployment, region: string): readonly ReadDimension[] {
  const published = publishedNames(deployment, region);
  return readDimensions(deployment).filter(({ name, value }) => !(published[name] ?? []).includes(value));
}

/** The paths of the documents' architecture, by what a store has. */
function neededPaths(store: string): readonly string[] {
  const deployment = deployed(store);
  const started = programs(deployment, regionOf(store));
  const services = ['ApiTasks', 'SiteTasks', 'WorkerTasks'].map((group) => ({
    group,
    told: started.filter(({ at }) => at.startsWith(group)).map(({ variables }) => variables),
  }));
  const proxies = resourcesOf(deployment).flatMap(({ Type, id }) =>
    Type === 'AWS::RDS::DBProxy' ? [deployment.attributeOf(id, 'Endpoint')] : [],
  );
  const inTurn = resourcesOf(deployment).some(({ id }) => id.startsWith('DatabasePasswordRotation'))
    ? ['DatabasePasswordRotation']
    : [];
  const rotation = [...inTurn, ...(has(deployment, 'AWS::SecretsManager::RotationSchedule') ? ['DatabaseRotation'] : [])];
  return [
    ...networkOfViewers(deployment),
    ...services.flatMap(({ group, told }) => waysOf(group, told, proxies)),
    ...rotation.flatMap((group) => [`${group} → 0.0.0.0/0 443`, `${group} → Database 5432`]),
    ...(has(deployment, 'AWS::RDS::DBProxy')
      ? [...inTurn.map((service) => `${service} → Proxy 5432`), 'Proxy → Database 5432']
      : []),
  ].toSorted();
}

/** To what its programs are told of, and from the load balancer to the port that its server is told. */
function waysOf(
  group: string,
  told: readonly Readonly<Record<string, string>>[],
  proxies: readonly unknown[],
): readonly string[] {
  const isTold = (...names: readonly string[]) => told.some((variables) => names.some((name) => (variables[name] ?? '') !== ''));
  const port = group === 'WorkerTasks' ? undefined : told.at(-1)?.[environment.port];
  return [
    ...(told.length > 0 ? [`${group} → 0.0.0.0/0 443`] : []),
    ...(port === undefined ? [] : [`LoadBalancer → ${group} ${port}`]),
    ...(isTold(environment.cacheHost) ? [`${group} → Cache 6379`] : []),
    ...(isTold(environment.jobsRedisUrl) ? [`${group} → JobsCache 6379`] : []),
    ...(isTold(environment.databaseDirectHost, environment.databaseHost) ? [`${group} → Database 5432`] : []),
    ...(told.some((variables) => proxies.includes(variables[environment.databaseHost])) ? [`${group} → Proxy 5432`] : []),
  ];
}

/** Of CloudFront's prefix list alone, by HTTPS where the balancer has a certificate. */
function networkOfViewers(deployment: Deployment): readonly string[] {
  const listener = resourcesOf(deployment).find(({ Type }) => Type === 'AWS::ElasticLoadBalancingV2::Listener');
  const lists = new Set(networkPaths(deployment).open.flatMap((path) => /^(pl-\w+) → LoadBalancer/.exec(path)?.[1] ?? []));
  expect(lists.size).toBe(1);
  return [...lists].map((list) => `${list} → LoadBalancer ${listener?.Properties.Port}`);
}

/** Types whose name or identifier is unique within another resource alone. */
const isPartOfAnother = new Set(['AWS::EC2::Route', 'AWS::IAM::Policy', 'AWS::Route53::RecordSet', 'AWS::S3::BucketPolicy']);

/** Names that the template gives, with their types. */
function ownNames(deployment: Deployment): readonly string[] {
  return resourcesOf(deployment).flatMap(({ Type, Properties }) => {
    const name = isPartOfAnother.has(Type) ? undefined : physicalName(Type, Properties);
    return name === undefined ? [] : [`${Type} ${name}`];
  });
}

/** Of what holds data: properties that differ and that CloudFormation can only set by a replacement. */
function remade(before: Deployment, after: Deployment): readonly string[] {
  return resourcesOf(before).flatMap(({ id, Type, Properties }) => {
    const [spec, next] = [resourceSpec(Type), after.resources.get(id)];
    if (spec?.isStateful !== true || next === undefined) return [];
    return Object.entries(spec.properties).flatMap(([property, { causesReplacement }]) =>
      causesReplacement === 'yes' && JSON.stringify(Properties[property]) !== JSON.stringify(next.Properties[property])
        ? [`${id}.${property}`]
        : [],
    );
  });
}
