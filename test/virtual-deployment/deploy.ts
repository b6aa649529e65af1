import { createHash } from 'node:crypto';
import { resourceSpec } from '../support/resource-specs';
import type { CloudFormationResource, CloudFormationTemplate } from '../support/stores';

/** A resource as CloudFormation would create it: no function is left in its properties. */
export interface DeployedResource extends Pick<CloudFormationResource, 'Type' | 'Properties'> {
  readonly id: string;
  /** What `Ref` gives. */
  readonly name: string;
}

export interface Deployment {
  /** In an order in which they can be created. */
  readonly resources: ReadonlyMap<string, DeployedResource>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What `Fn::GetAtt` gives. */
  readonly attributeOf: (id: string, attribute: string) => string;
  /** What CloudFormation would refuse: names of nothing, attributes that a type does not have, circles, functions that are not known here. */
  readonly problems: readonly string[];
}

/** Where everything is deployed to. */
export const account = '111122223333';

export interface Environment {
  readonly stack: string;
  readonly region: string;
}

/** Deploys a template to nowhere: every reference becomes a name such as AWS gives, always the same for the same template. */
export function deploy(template: CloudFormationTemplate, environment: Environment): Deployment {
  return new Deployer(template, environment).deploy();
}

class Deployer {
  private readonly made = new Map<string, DeployedResource>();
  private readonly problems = new Set<string>();
  private readonly underWay: string[] = [];

  constructor(
    private readonly template: CloudFormationTemplate,
    private readonly environment: Environment,
  ) {}

  deploy(): Deployment {
    const { Resources, Outputs } = this.template;
    for (const id of Object.keys(Resources)) this.resource(id);
    return {
      resources: this.made,
      outputs: Object.fromEntries(Object.entries(Outputs ?? {}).map(([name, { Value }]) => [name, this.resolve(Value)])),
      attributeOf: (id, attribute) => String(this.attribute(id, attribute)),
      problems: [...this.problems],
    };
  }

  private resource(id: string): DeployedResource | undefined {
    const made = this.made.get(id);
    if (made) return made;
    const template = this.template.Resources[id];
    if (template === undefined) return undefined;
    if (this.underWay.includes(id)) {
      this.problems.add(`a circle: ${[...this.underWay.slice(this.underWay.indexOf(id)), id].join(' → ')}`);
      return undefined;
    }
    this.underWay.push(id);
    for (const other of [template.DependsOn ?? []].flat())
      if (!Object.hasOwn(this.template.Resources, other))
        this.problems.add(`${id} depends on ${other}, which the template does not have`);
      else this.resource(other);
    const properties = this.resolve(template.Properties ?? {}) as DeployedResource['Properties'];
    this.underWay.pop();
    const { Type } = template;
    const resource = { id, name: this.nameOf(id, Type, properties), Type, Properties: properties };
    this.made.set(id, resource);
    return resource;
  }

  private resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.resolve(item)).filter((item) => item !== undefined);
    if (typeof value !== 'object' || value === null) return value;
    const [[key, argument] = ['', undefined], ...others] = Object.entries(value) as [string, unknown][];
    if (others.length > 0 || (key !== 'Ref' && !key.startsWith('Fn::')))
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.resolve(inner)]));
    return this.call(key, argument);
  }

  private call(name: string, argument: unknown): unknown {
    const given = (): readonly unknown[] => this.resolve(argument) as unknown[];
    switch (name) {
      case 'Ref':
        return this.reference(String(argument));
      case 'Fn::GetAtt': {
        const [id = '', ...attribute] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
        return this.attribute(id, attribute.join('.'));
      }
      case 'Fn::Join': {
        const [separator, parts] = given() as [string, unknown[]];
        return parts.join(separator);
      }
      case 'Fn::Split': {
        const [separator, text] = given() as [string, string];
        return text.split(separator);
      }
      case 'Fn::Select': {
        const [index, list] = given() as [number, unknown[]];
        return list[index] ?? this.problem(`Fn::Select takes number ${index} of ${list.length}`);
      }
      case 'Fn::FindInMap': {
        const [map = '', key = '', value = ''] = given() as string[];
        const maps = this.template.Mappings as Record<string, Record<string, Record<string, unknown>>> | undefined;
        return maps?.[map]?.[key]?.[value] ?? this.problem(`Fn::FindInMap finds no ${map}.${key}.${value}`);
      }
      case 'Fn::GetAZs':
        return ['a', 'b', 'c'].map((zone) => `${this.environment.region}${zone}`);
      case 'Fn::Sub':
        return String(argument).replaceAll(/\$\{([^}]+)\}/g, (_, named: string) => {
          const [id = '', ...attribute] = named.split('.');
          return String(attribute.length > 0 ? this.attribute(id, attribute.join('.')) : this.reference(id));
        });
      default:
        return this.problem(`${name} is not known here`);
    }
  }

  private reference(id: string): unknown {
    const { region, stack } = this.environment;
    const pseudo: Readonly<Record<string, unknown>> = {
      'AWS::AccountId': account,
      'AWS::NoValue': undefined,
      'AWS::Partition': 'aws',
      'AWS::Region': region,
      'AWS::StackName': stack,
      'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stack}/${hexOf(stack, 12)}`,
      'AWS::URLSuffix': 'amazonaws.com',
    };
    if (Object.hasOwn(pseudo, id)) return pseudo[id];
    return this.resource(id)?.name ?? this.problem(`Ref of ${id}, which the template does not have`);
  }

  private attribute(id: string, attribute: string): unknown {
    const resource = this.resource(id);
    if (resource === undefined) return this.problem(`${attribute} of ${id}, which the template does not have`);
    const { Type, Properties } = resource;
    if (resourceSpec(Type)?.attributes[attribute] === undefined)
      return this.problem(`${id}: ${Type} has no attribute ${attribute}`);
    const written: unknown = Properties[attribute];
    if (typeof written === 'string' || typeof written === 'number') return written;
    return this.madeUp(resource, attribute);
  }

  /** An identifier that is a property has its value; the rest is made up from the logical ID. */
  private nameOf(id: string, type: string, properties: DeployedResource['Properties']): string {
    const spec = resourceSpec(type);
    if (spec === undefined) this.problem(`${id}: no type ${type} is known here`);
    const [identifier = ''] = spec?.cfnRefIdentifier ?? spec?.primaryIdentifier ?? [];
    const written: unknown = properties[identifier];
    return typeof written === 'string' ? written : this.madeUp({ id, Type: type, Properties: properties }, identifier);
  }

  private madeUp(resource: Pick<DeployedResource, 'id' | 'Type' | 'Properties'>, attribute: string): string {
    const { id, Type, Properties } = resource;
    const { region, stack } = this.environment;
    const hash = hexOf(id, 16);
    const name = physicalName(Type, Properties) ?? `${stack}-${id}-${hash.slice(0, 12)}`;
    const own = ofType[`${Type} ${attribute}`];
    if (own) return own({ name, hash, region, properties: Properties });
    if (/arn$/i.test(attribute)) return this.arnOf(Type, name);
    const [, service = ''] = Type.toLowerCase().split('::');
    return /(?:DomainName|DNSName|Address|Endpoint)$/.test(attribute)
      ? `${name}.${region}.${service}.amazonaws.com`.toLowerCase()
      : name;
  }

  private arnOf(type: string, name: string): string {
    const { region } = this.environment;
    const known: Readonly<Record<string, string>> = { Partition: 'aws', Region: region, Account: account };
    const [, service, kind] = type.toLowerCase().split('::');
    const template = resourceSpec(type)?.arnTemplate ?? `arn:aws:${service}:${region}:${account}:${kind}/${name}`;
    return template.replaceAll(/\$\{(\w+)\}/g, (_, variable: string) => known[variable] ?? name);
  }

  private problem(text: string): undefined {
    this.problems.add(text);
  }
}

const hexOf = (text: string, digits: number): string => createHash('sha256').update(text).digest('hex').slice(0, digits);

/** The name that the template gives; undefined where CloudFormation makes one. */
export function physicalName(type: string, properties: DeployedResource['Properties']): string | undefined {
  const kind = type.split('::')[2] ?? '';
  const [identifier = ''] = resourceSpec(type)?.primaryIdentifier ?? [];
  const candidates = [nameProperty[type] ?? `${kind}Name`, `${kind}Identifier`, `${kind}Id`, 'Name', identifier];
  return candidates.map((property): unknown => properties[property]).find((value) => typeof value === 'string');
}

const nameProperty: Readonly<Record<string, string>> = {
  'AWS::ECS::TaskDefinition': 'Family',
  'AWS::ElastiCache::User': 'UserId', // the name may be that of another user
};

interface Facts {
  readonly name: string;
  readonly hash: string;
  readonly region: string;
  readonly properties: DeployedResource['Properties'];
}

/** `LoadBalancerFullName` and the like are the end of an ARN. */
const balancerArn = (end: (facts: Facts) => string) => (facts: Facts) =>
  `arn:aws:elasticloadbalancing:${facts.region}:${account}:${end(facts)}`;
const balancer = ({ name, hash }: Facts): string => `app/${name}/${hash}`;
const targets = ({ name, hash }: Facts): string => `targetgroup/${name}/${hash}`;
const secret = ({ name, hash, region }: Facts): string =>
  `arn:aws:secretsmanager:${region}:${account}:secret:${name}-${hash.slice(0, 6)}`;

/** Names of AWS that have a form of their own. */
const ofType: Readonly<Record<string, (facts: Facts) => string>> = {
  'AWS::CloudFront::Distribution Id': ({ hash }) => `E${hash.slice(0, 13).toUpperCase()}`,
  'AWS::ECS::Service ServiceArn': ({ name, region, properties }) =>
    `arn:aws:ecs:${region}:${account}:service/${properties.Cluster}/${name}`,
  'AWS::ECS::TaskDefinition TaskDefinitionArn': ({ name, region }) =>
    `arn:aws:ecs:${region}:${account}:task-definition/${name}:1`,
  'AWS::ElasticLoadBalancingV2::Listener ListenerArn': balancerArn(
    ({ hash, properties }) => `listener/${String(properties.LoadBalancerArn).split(':loadbalancer/')[1]}/${hash}`,
  ),
  'AWS::ElasticLoadBalancingV2::LoadBalancer LoadBalancerArn': balancerArn((facts) => `loadbalancer/${balancer(facts)}`),
  'AWS::ElasticLoadBalancingV2::LoadBalancer LoadBalancerFullName': balancer,
  'AWS::ElasticLoadBalancingV2::TargetGroup TargetGroupArn': balancerArn(targets),
  'AWS::ElasticLoadBalancingV2::TargetGroup TargetGroupFullName': targets,
  'AWS::Logs::LogGroup Arn': ({ name, region }) => `arn:aws:logs:${region}:${account}:log-group:${name}:*`,
  'AWS::RDS::DBInstance DbiResourceId': ({ hash }) => `db-${hash.toUpperCase()}`,
  'AWS::RDS::DBProxy DBProxyArn': ({ hash, region }) => `arn:aws:rds:${region}:${account}:db-proxy:prx-${hash}`,
  'AWS::SQS::Queue QueueUrl': ({ name, region }) => `https://sqs.${region}.amazonaws.com/${account}/${name}`,
  'AWS::SecretsManager::Secret Id': secret,
};
