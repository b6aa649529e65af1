import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { entryPoints } from '../services/contract';
import { RehearsalError } from './commands';
import type { Emulator, JournalEntry } from './emulator';
import { clientOf, stackName } from './stack';

export type Properties = NonNullable<JournalEntry['properties']>;
type Variables = Readonly<Record<string, string>>;

/** A container as ECS would start it. */
export interface TaskContainer {
  readonly program: keyof typeof entryPoints;
  readonly args: readonly string[];
  /** With the values of its secrets. */
  readonly variables: Variables;
  /** Arguments of `node`; empty where ECS checks nothing. */
  readonly healthCheck: readonly string[];
  readonly logGroup: string;
  /** As ECS calls it: its prefix, the container, the task. */
  readonly logStream: string;
}

interface ContainerDefinition {
  readonly Name: string;
  readonly Command: readonly string[];
  readonly Environment?: readonly { readonly Name: string; readonly Value: string }[];
  readonly Secrets?: readonly { readonly Name: string; readonly ValueFrom: string }[];
  readonly HealthCheck?: { readonly Command: readonly string[] };
  readonly LogConfiguration?: { readonly Options?: Readonly<Record<string, string>> };
}

const definitionsOf = (properties: Properties) => properties['ContainerDefinitions'] as readonly ContainerDefinition[];

/** The last resource of the type that CloudFormation created or changed, of which this is true. @throws RehearsalError without one */
export function lastOf(emulator: Emulator, type: string, is: (properties: Properties) => boolean = () => true): Properties {
  const found = emulator
    .journal()
    .findLast(
      (entry) => entry.stack === stackName && entry.type === type && entry.properties !== undefined && is(entry.properties),
    )?.properties;
  if (found === undefined) throw new RehearsalError(`Nothing of ${type} is deployed that would do`);
  return found;
}

/**
 * A container of the task whose name its main container has. From the journal: the emulator's ECS drops secrets.
 * @throws RehearsalError where the task has none of the name
 */
export async function containerOf(emulator: Emulator, task: string, name: string): Promise<TaskContainer> {
  const isIt = (properties: Properties) => definitionsOf(properties).some(({ Name }) => Name === task);
  const all = definitionsOf(lastOf(emulator, 'AWS::ECS::TaskDefinition', isIt));
  const definition = all.find((one) => one.Name === name);
  if (definition === undefined) throw new RehearsalError(`The task of ${task} has no container ${name}`);
  const { Command, Environment = [], Secrets = [], HealthCheck, LogConfiguration: { Options: log = {} } = {} } = definition;
  const [, file, ...args] = Command;
  const program = (Object.keys(entryPoints) as (keyof typeof entryPoints)[]).find((one) => entryPoints[one] === file);
  if (program === undefined) throw new RehearsalError(`The image has nothing that ${Command.join(' ')} would start`);
  const secrets = await Promise.all(
    Secrets.map(async ({ Name, ValueFrom }) => [Name, await secretValue(emulator, ValueFrom)] as const),
  );
  const plain = Environment.map(({ Name, Value }) => [Name, Value] as const);
  return {
    program,
    args,
    variables: Object.fromEntries([...plain, ...secrets]),
    healthCheck: HealthCheck?.Command.slice(2) ?? [],
    logGroup: log['awslogs-group'] ?? '',
    logStream: `${log['awslogs-stream-prefix']}/${name}/0123456789abcdef0123456789abcdef`,
  };
}

/** @param from `ValueFrom` of a container: an ARN, after it a key of the JSON where only its value is wanted */
async function secretValue(emulator: Emulator, from: string): Promise<string> {
  const parts = from.split(':');
  const SecretId = parts.slice(0, 7).join(':');
  const { SecretString = '' } = await new SecretsManagerClient(clientOf(emulator)).send(new GetSecretValueCommand({ SecretId }));
  const key = parts[7] ?? '';
  return key === '' ? SecretString : ((JSON.parse(SecretString) as Variables)[key] ?? '');
}
