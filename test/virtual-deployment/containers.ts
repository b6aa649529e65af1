import { readApiEnvironment } from '../../services/api/environment';
import { readAssessorEnvironment } from '../../services/assessor/environment';
import { entryPoints, environment } from '../../services/contract';
import { readMigrationsEnvironment } from '../../services/migrations/environment';
import { readWorkerEnvironment } from '../../services/worker/environment';
import { privateKey } from '../constructs/public-key';
import type { DeployedResource, Deployment } from './deploy';

/** What runs the store's own code, with the variables that it starts with. */
export interface Program {
  readonly at: string;
  /** `api.js`; undefined for a container of somebody else. */
  readonly entryPoint: string | undefined;
  /** The command that starts it. */
  readonly words: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

interface Container {
  readonly Name: string;
  readonly Command?: readonly string[];
  readonly Environment?: readonly { readonly Name: string; readonly Value: string }[];
  readonly Secrets?: readonly { readonly Name: string }[];
}

export const programs = ({ resources }: Deployment, region: string): readonly Program[] =>
  [...resources.values()].flatMap((resource) => programsOf(resource, region));

/** The containers of a task, or a function; the value of a secret is one that fits. */
export function programsOf({ id, Type, Properties }: DeployedResource, region: string): readonly Program[] {
  const given = { [environment.region]: region }; // by Fargate and Lambda
  if (Type === 'AWS::Lambda::Function')
    return [{ at: id, entryPoint: 'assessor', words: [], variables: { ...given, ...Properties.Environment?.Variables } }];
  if (Type !== 'AWS::ECS::TaskDefinition') return [];
  return (Properties.ContainerDefinitions as Container[]).map(({ Name, Command = [], Environment = [], Secrets = [] }) => ({
    at: `${id} ${Name}`,
    entryPoint: Command.find((word) => word.endsWith('.js')),
    words: Command,
    variables: {
      ...given,
      ...Object.fromEntries(Environment.map((variable) => [variable.Name, variable.Value])),
      ...Object.fromEntries(Secrets.map((secret) => [secret.Name, secretValue(secret.Name)])),
    },
  }));
}

const secretValues: Readonly<Record<string, string>> = {
  [environment.databaseMasterSecret]: '{"username":"store_admin","password":"hidden"}',
  [environment.signingKey]: privateKey,
};
const secretValue = (variable: string): string => secretValues[variable] ?? 'hidden';

/** Reads the variables as the program does when it starts. @throws EnvironmentError */
export const readers: Readonly<Record<string, (variables: NodeJS.ProcessEnv) => unknown>> = {
  [entryPoints.api]: readApiEnvironment,
  [entryPoints.worker]: readWorkerEnvironment,
  [entryPoints.migrations]: readMigrationsEnvironment,
  assessor: readAssessorEnvironment,
};

/** Variables of a program that it never looks at. @throws EnvironmentError where they do not fit */
export function unread({ entryPoint = '', variables }: Program): readonly string[] {
  const read = new Set<string>();
  const watched = new Proxy(variables, {
    get: (target, name) => {
      read.add(String(name));
      return Reflect.get(target, name);
    },
  });
  readers[entryPoint]?.(watched);
  return Object.keys(variables).filter((name) => !read.has(name));
}
