import { type CloudFormationTemplate, resourcesOf } from '../support/stores';

export const idsOf = (from: CloudFormationTemplate, type: string): string[] => resourcesOf(from, type).map(([id]) => id);

/** Properties of the one resource of a type whose logical ID starts so. */
export function part(from: CloudFormationTemplate, type: string, start: string) {
  const found = resourcesOf(from, type).filter(([id]) => id.startsWith(start));
  expect({ type, start, found: found.length }).toEqual({ type, start, found: 1 });
  return found[0]?.[1].Properties ?? {};
}

export const task = (from: CloudFormationTemplate, start: 'Api' | 'Worker') => {
  const [migrations, main] = part(from, 'AWS::ECS::TaskDefinition', start).ContainerDefinitions as Container[];
  return { migrations, main };
};

export interface Container {
  readonly Name: string;
  readonly Command?: string[];
  readonly DependsOn?: { readonly ContainerName: string }[];
  readonly MountPoints?: object[];
  readonly Image: unknown;
  readonly Environment: { readonly Name: string; readonly Value: unknown }[];
  readonly Secrets?: { readonly Name: string; readonly ValueFrom: unknown }[];
  readonly PortMappings?: { readonly ContainerPort: number }[];
}

export const subnetsOfTasks = (from: CloudFormationTemplate) =>
  part(from, 'AWS::ECS::Service', 'Api').NetworkConfiguration.AwsvpcConfiguration;

export const variable = (container: Container | undefined, name: string) =>
  container?.Environment.find(({ Name }) => Name === name)?.Value;

/** Settings of different parts in one store; each test looks at its own. */
export const together = {
  servicesImage: 'ghcr.io/acme/store:1.0.0',
  cacheEngine: 'valkey',
  production: false,
  night: { stopAt: '22:00', startAt: '06:30', timeZone: 'Europe/Berlin' },
};

export const natAndProxy = {
  network: { natGateways: 1 },
  database: { proxy: true, login: 'iam', instanceClass: 'db.t4g.small' },
};

/** What ECS hands a container of one's own where roles log in by password. */
export const handedLogIn = Object.entries({
  DATABASE_URL: 'url',
  DATABASE_DIRECT_URL: 'directUrl',
  DATABASE_READ_URL: 'readUrl',
  DATABASE_USER: 'username',
  DATABASE_PASSWORD: 'password',
}).map(([Name, field]) => ({
  Name,
  ValueFrom: { 'Fn::Join': ['', [{ Ref: expect.stringMatching(/^DatabasePasswordsstoreappurls/) }, `:${field}::`]] },
}));
