import { databaseRoles, entryPoints, environment, metricNamespace, queueNames, queueUrlVariable } from '../../services/contract';
import { bucketRights, keysOf } from './bucket-rights';
import { callsInCode } from './calls-in-code';
import { type Program, programsOf } from './containers';
import { account, type DeployedResource, type Deployment } from './deploy';
import { handedTo, passwordSecrets, rotates, secretsOf } from './password-rights';
import type { Request } from './policies';

/** A request that something of the store makes as a role. */
export interface Need extends Request {
  /** ARN of the role. */
  readonly role: string;
  /** Who asks for it. */
  readonly by: string;
}

/** Every request that the programs, ECS, Scheduler and the proxy make as a role of the store. */
export function neededRights(deployment: Deployment, region: string): readonly Need[] {
  return [...deployment.resources.values()].flatMap((resource) => needsOf[resource.Type]?.(resource, deployment, region) ?? []);
}

/** A request as somebody makes it. */
const as =
  (role: unknown, by: string) =>
  ({ action, resource, context = {} }: Request): Need => ({ role: String(role), by, action, resource, context });

/** Each of these actions on each of these resources. */
const on = (actions: readonly string[], resources: readonly string[]): readonly Request[] =>
  actions.flatMap((action) => resources.map((resource) => ({ action, resource })));

type NeedsOf = (resource: DeployedResource, deployment: Deployment, region: string) => readonly Need[];

const needsOf: Readonly<Record<string, NeedsOf>> = {
  'AWS::ECS::TaskDefinition': (task, deployment, region) => [...asTask(task, deployment, region), ...toStart(task, region)],
  'AWS::ECS::Service': sessions,
  'AWS::Lambda::Function': asFunction,
  'AWS::Scheduler::Schedule': scheduled,
  'AWS::RDS::DBProxy': asProxy,
};

/** By the secrets that it has, or else by IAM. */
function asProxy({ id, Properties }: DeployedResource, deployment: Deployment, region: string): readonly Need[] {
  const secrets = ((Properties.Auth ?? []) as { SecretArn: string }[]).map(({ SecretArn }) => SecretArn);
  const users = secrets.length > 0 ? [] : [databaseRoles.app, databaseRoles.worker];
  const context = { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` };
  return [
    ...on(['secretsmanager:GetSecretValue'], secrets),
    ...(secrets.length > 0 ? keysOf(deployment) : []).map((resource) => ({ action: 'kms:Decrypt', resource, context })),
    ...on(
      ['rds-db:connect'],
      users.map((user) => logIn(deployment, region, primaryOf(deployment), user)),
    ),
  ].map(as(Properties.RoleArn, id));
}

/** What the containers of a task ask for once they run. */
function asTask(task: DeployedResource, deployment: Deployment, region: string): readonly Need[] {
  return programsOf(task, region).flatMap((program) => {
    const requests =
      program.entryPoint === undefined ? asTheirs(program, deployment) : asProgram(program, program.entryPoint, deployment);
    return requests.map(as(task.Properties.TaskRoleArn, program.at));
  });
}

function asProgram(program: Program, entryPoint: string, deployment: Deployment): readonly Request[] {
  const code = callsInCode(entryPoint);
  return [...code.actions].flatMap((action) => {
    const resources = resourcesOf[action];
    if (resources === undefined) throw new Error(`${entryPoint} asks for ${action}: say here on which resources`);
    return resources(program, deployment, code.sendsTo).map((asked) => {
      const { resource, context = {} } = typeof asked === 'string' ? { resource: asked } : asked;
      return { action, resource, context };
    });
  });
}

type Resource = string | Omit<Request, 'action'>;

/** By action: what a program asks for it on, by its variables. */
const resourcesOf: Readonly<
  Record<string, (program: Program, deployment: Deployment, sendsTo: ReadonlySet<string>) => readonly Resource[]>
> = {
  'sqs:SendMessage': (program, _, sendsTo) => queuesOf(program).filter((_arn, index) => sendsTo.has(queueNames[index] ?? '')),
  'sqs:ReceiveMessage': queuesOf,
  'sqs:DeleteMessage': queuesOf,
  'sqs:ChangeMessageVisibility': queuesOf,
  'secretsmanager:GetSecretValue': secretsOf,
  'secretsmanager:PutSecretValue': (program) => (rotates(program) ? secretsOf(program) : []),
  'secretsmanager:UpdateSecretVersionStage': (program) => (rotates(program) ? passwordSecrets(program) : []),
  'ecs:DescribeServices': handedTo,
  'ecs:UpdateService': handedTo,
  ...bucketRights,
  'rds-db:connect': logIns,
  'elasticache:Connect': cacheLogIn,
  'ses:SendEmail': senders,
  'rds:DescribeDBInstances': (_, { resources, attributeOf }) =>
    [...resources.values()].flatMap(({ Type, id }) =>
      Type === 'AWS::RDS::DBInstance' ? [attributeOf(id, 'DBInstanceArn')] : [],
    ),
  'xray:PutSpans': traced,
  'xray:PutTraceSegments': traced,
  'cloudwatch:DescribeAlarms': () => ['*'],
  'cloudwatch:GetMetricData': () => ['*'],
  'cloudwatch:PutMetricData': ({ variables }) => [
    { resource: '*', context: { 'cloudwatch:namespace': metricNamespace(variables[environment.store] ?? '') } },
  ],
};

/** Only a program that is told how many requests to trace sends spans. */
function traced({ variables }: Program): readonly string[] {
  return variables[environment.tracesSampledPercent] === undefined ? [] : ['*'];
}

const queueArn = (url: string): string => {
  const [, region, owner, name] = /^https:\/\/sqs\.([\w-]+)\.amazonaws\.com\/(\d+)\/(.+)$/.exec(url) ?? [];
  return `arn:aws:sqs:${region}:${owner}:${name}`;
};

function queuesOf({ variables }: Program): readonly string[] {
  return queueNames.map((queue) => queueArn(variables[queueUrlVariable(queue)] ?? ''));
}

/** Where there is no password, by IAM: migrations at the primary itself, services at each host that they are given. */
function logIns(program: Program, deployment: Deployment): readonly string[] {
  const { variables, entryPoint } = program;
  if (passwordSecrets(program).length > 0) return [];
  const isMigrations = entryPoint === entryPoints.migrations;
  const hosts = isMigrations
    ? [variables[environment.databaseDirectHost] ?? '']
    : [variables[environment.databaseHost] ?? '', ...(variables[environment.databaseReaderHosts] ?? '').split(',')];
  const user = isMigrations ? databaseRoles.migrations : (variables[environment.databaseUser] ?? '');
  return hosts
    .filter((host) => host !== '')
    .map((host) => logIn(deployment, variables[environment.region] ?? '', databaseAt(deployment, host), user));
}

function databaseAt(deployment: Deployment, host: string): DeployedResource {
  const found = [...deployment.resources.values()].find(
    ({ id, Type }) =>
      (Type === 'AWS::RDS::DBInstance' && deployment.attributeOf(id, 'Endpoint.Address') === host) ||
      (Type === 'AWS::RDS::DBProxy' && deployment.attributeOf(id, 'Endpoint') === host),
  );
  if (found === undefined) throw new Error(`No database is at ${host}`);
  return found;
}

const primaryOf = ({ resources }: Deployment): DeployedResource =>
  [...resources.values()].find(
    ({ Type, Properties }) => Type === 'AWS::RDS::DBInstance' && Properties.SourceDBInstanceIdentifier === undefined,
  ) as DeployedResource;

/** As IAM names a role of PostgreSQL at an instance or a proxy. */
function logIn({ attributeOf }: Deployment, region: string, { id, Type }: DeployedResource, user: string): string {
  const at = Type === 'AWS::RDS::DBInstance' ? attributeOf(id, 'DbiResourceId') : attributeOf(id, 'DBProxyArn').split(':').at(-1);
  return `arn:aws:rds-db:${region}:${account}:dbuser:${at}/${user}`;
}

function cacheLogIn({ variables }: Program): readonly string[] {
  const arn = `arn:aws:elasticache:${variables[environment.region]}:${account}`;
  return [
    `${arn}:replicationgroup:${variables[environment.cacheReplicationGroup]}`,
    `${arn}:user:${variables[environment.cacheUser]}`,
  ];
}

/** The address or one of its domains is what SES has verified: which, nobody knows beforehand; the same for a configuration set. */
function senders({ variables }: Program): readonly Omit<Request, 'action'>[] {
  const from = variables[environment.emailFrom];
  if (from === undefined) return [];
  const labels = from.slice(from.indexOf('@') + 1).split('.');
  const identities = [from, ...labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))];
  const arn = `arn:aws:ses:${variables[environment.region]}:${account}`;
  const resources = [...identities.map((name) => `${arn}:identity/${name}`), `${arn}:configuration-set/any`];
  return resources.map((resource) => ({ resource, context: { 'ses:FromAddress': from } }));
}

/** What docs/your-app.md offers a program of one's own, by the variables that it is told. */
function asTheirs(program: Program, deployment: Deployment): readonly Request[] {
  const { variables, at } = program;
  const has = (variable: string): boolean => variables[variable] !== undefined;
  const objects = [environment.filesBucket, environment.mediaBucket].map((name) => `arn:aws:s3:::${variables[name]}/any`);
  const received = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'];
  const usesQueues = has(queueUrlVariable('email'));
  return [
    ...(usesQueues ? on(['sqs:SendMessage', 'sqs:GetQueueUrl', 'sqs:GetQueueAttributes'], queuesOf(program)) : []),
    ...(usesQueues && at.endsWith(' worker') ? on(received, queuesOf(program)) : []),
    ...(has(environment.filesBucket)
      ? [
          ...on(['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'], objects),
          ...on(['kms:Decrypt', 'kms:GenerateDataKey'], keysOf(deployment)),
        ]
      : []),
    ...(has(environment.databaseHost) && !has(environment.databasePassword)
      ? on(['rds-db:connect'], logIns(program, deployment))
      : []),
    ...(has(environment.cacheUser) ? on(['elasticache:Connect'], cacheLogIn(program)) : []),
    ...senders(program).map((asked) => Object.assign({ action: 'ses:SendEmail' }, asked)),
    ...on(['xray:PutSpans', 'xray:PutTraceSegments'], traced(program)),
  ];
}

/** What ECS asks for as the execution role before a container runs. */
function toStart({ id, Properties }: DeployedResource, region: string): readonly Need[] {
  const containers = Properties.ContainerDefinitions as StartedContainer[];
  const requests = containers.flatMap(({ Image, Secrets = [], LogConfiguration: { Options } }) =>
    on(['secretsmanager:GetSecretValue'], Secrets.map(secretOf)).concat(
      on(['logs:CreateLogStream', 'logs:PutLogEvents'], [logStream(region, Options['awslogs-group'])]),
      imagePull(Image),
    ),
  );
  return requests.map(as(Properties.ExecutionRoleArn, `ECS for ${id}`));
}

interface StartedContainer {
  readonly Image: string;
  readonly Secrets?: readonly { readonly ValueFrom: string }[];
  readonly LogConfiguration: { readonly Options: { readonly 'awslogs-group': string } };
}

const logStream = (region: string, group: string): string =>
  `arn:aws:logs:${region}:${account}:log-group:${group}:log-stream:any`;

/** Without the field that is taken of it. */
const secretOf = ({ ValueFrom }: { ValueFrom: string }): string => ValueFrom.split(':').slice(0, 7).join(':');

function imagePull(image: string): readonly Request[] {
  const [, owner, region, repository] = /^(\d+)\.dkr\.ecr\.([\w-]+)\.amazonaws\.com\/([^:@]+)/.exec(image) ?? [];
  if (repository === undefined) return [];
  const resource = `arn:aws:ecr:${region}:${owner}:repository/${repository}`;
  return [
    { action: 'ecr:GetAuthorizationToken', resource: '*' },
    ...on(['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], [resource]),
  ];
}

/** ECS Exec: the agent in the task opens channels of SSM, and writes the session's log. docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html */
function sessions({ id, Properties }: DeployedResource, deployment: Deployment, region: string): readonly Need[] {
  if (Properties.EnableExecuteCommand !== true) return [];
  const all = [...deployment.resources.values()];
  const task = all.find(({ name }) => name === Properties.TaskDefinition);
  const cluster = all.find(({ name }) => name === Properties.Cluster)?.Properties.Configuration as {
    ExecuteCommandConfiguration: { LogConfiguration: { CloudWatchLogGroupName: string } };
  };
  const { CloudWatchLogGroupName: name } = cluster.ExecuteCommandConfiguration.LogConfiguration;
  const channels = ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'];
  const requests = [
    ...on([...channels.map((call) => `ssmmessages:${call}`), 'logs:DescribeLogGroups'], ['*']),
    ...on(['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], [logStream(region, name)]),
    ...on(['kms:Decrypt'], keysOf(deployment)),
  ];
  return requests.map(as(task?.Properties.TaskRoleArn, `ECS Exec in ${id}`));
}

function asFunction(resource: DeployedResource, deployment: Deployment, region: string): readonly Need[] {
  const { id, name, Properties } = resource;
  const all = [...deployment.resources.values()];
  const invoked = all.find(
    ({ Type, Properties: { FunctionName } }) => Type === 'AWS::Lambda::EventInvokeConfig' && FunctionName === name,
  );
  const failed = [Properties.DeadLetterConfig?.TargetArn, invoked?.Properties.DestinationConfig?.OnFailure?.Destination].filter(
    (arn) => typeof arn === 'string',
  );
  const requests: readonly Request[] = [
    ...programsOf(resource, region).flatMap((program) => asProgram(program, program.entryPoint ?? '', deployment)),
    ...on(['logs:CreateLogStream', 'logs:PutLogEvents'], [logStream(region, Properties.LoggingConfig.LogGroup)]),
    ...on(['sqs:SendMessage'], failed),
  ];
  return requests.map(as(Properties.Role, id));
}

function scheduled({ id, Properties }: DeployedResource, { resources }: Deployment): readonly Need[] {
  const { Arn, RoleArn, DeadLetterConfig, EcsParameters } = Properties.Target as Record<string, any>; // oxlint-disable-line typescript/no-explicit-any -- as in templates
  const task = [...resources.values()].find(({ name }) => name === EcsParameters?.TaskDefinitionArn);
  const requests: readonly Request[] = [
    ...(String(Arn).includes(':sqs:') ? [{ action: 'sqs:SendMessage', resource: Arn }] : []),
    ...(String(Arn).includes(':lambda:') ? [{ action: 'lambda:InvokeFunction', resource: Arn }] : []),
    ...(DeadLetterConfig === undefined ? [] : [{ action: 'sqs:SendMessage', resource: DeadLetterConfig.Arn }]),
    ...(task === undefined
      ? []
      : [
          { action: 'ecs:RunTask', resource: task.name },
          ...[task.Properties.ExecutionRoleArn, task.Properties.TaskRoleArn].map((resource: string) => ({
            action: 'iam:PassRole',
            resource,
            context: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
          })),
        ]),
  ];
  return requests.map(as(RoleArn, id));
}
