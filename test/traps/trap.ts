import type { TierName } from '../../lib/tiers/tier';
import { tierNames } from '../../lib/tiers/tier';
import {
  type CloudFormationResource,
  type CloudFormationTemplate,
  fourSizes,
  outsideServices,
  resourcesOf,
  signedFiles,
  templateOf,
} from '../support/stores';

export type Stores = Readonly<Record<TierName | 'inTwoZones' | 'withOutsideServices' | 'withJobs', CloudFormationTemplate>>;

/** The four sizes, and the smallest in an account that gives two zones and with Stripe, SES, Sentry and AWS Cost Anomaly Detection; medium with jobs and log-in to the cache by password. */
export function storesToCheck(): Stores {
  return {
    ...(Object.fromEntries(fourSizes()) as Record<TierName, CloudFormationTemplate>),
    inTwoZones: templateOf('small', { zones: 2 }),
    withJobs: templateOf('medium', { cache: { login: 'password' }, jobsCache: { replicas: 1 } }),
    withOutsideServices: templateOf('small', { ...outsideServices, ...signedFiles, costAnomalies: {} }),
  };
}

/** Something that must hold in the templates; `holds` throws where it does not. Mutations prove that it can. */
export interface Trap {
  readonly name: string;
  readonly holds: (stores: Stores) => void;
}

/** Every resource of a type in the four sizes, with a label for the message of a failed expectation. */
export function each(stores: Stores, type: string): readonly { tier: TierName; id: string; resource: CloudFormationResource }[] {
  const found = tierNames.flatMap((tier) => resourcesOf(stores[tier], type).map(([id, resource]) => ({ tier, id, resource })));
  if (found.length === 0) throw new Error(`no size has a ${type}: the check would check nothing`);
  return found;
}

/** The primary of each size, told from replicas by having no source. */
export function primaries(stores: Stores) {
  return each(stores, 'AWS::RDS::DBInstance').filter(
    ({ resource }) => resource.Properties.SourceDBInstanceIdentifier === undefined,
  );
}

export function replicas(stores: Stores) {
  return each(stores, 'AWS::RDS::DBInstance').filter(
    ({ resource }) => resource.Properties.SourceDBInstanceIdentifier !== undefined,
  );
}

/** A string of the template as it reads before deployment: what CloudFormation puts in stands as `{}`. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [delimiter, parts] = (value as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join'] ?? [];
  return parts === undefined ? '{}' : parts.map(textOf).join(delimiter);
}

/** Policy statements of roles and policies of the template that allow an action. */
export function statementsAllowing(template: CloudFormationTemplate, action: string): { id: string; statement: Statement }[] {
  return Object.entries(template.Resources).flatMap(([id, { Properties }]) =>
    [
      Properties?.PolicyDocument,
      ...(Properties?.Policies ?? []).map((policy: { PolicyDocument: unknown }) => policy.PolicyDocument),
    ]
      .flatMap((document) => document?.Statement ?? [])
      .filter((statement: Statement) => statement.Effect === 'Allow' && [statement.Action].flat().includes(action))
      .map((statement: Statement) => ({ id, statement })),
  );
}

export interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Principal?: { readonly Service?: string | string[] };
  readonly Condition?: Readonly<Record<string, unknown>>;
}

export function containers(stores: Stores) {
  return each(stores, 'AWS::ECS::TaskDefinition').flatMap(({ tier, id, resource }) =>
    resource.Properties.ContainerDefinitions.map((container: Container) => ({ tier, id, container })),
  ) as readonly { tier: TierName; id: string; container: Container }[];
}

export interface Container {
  readonly Name: string;
  readonly Command?: string[];
  readonly Environment?: { Name: string; Value: unknown }[];
  readonly Secrets?: { Name: string; ValueFrom: unknown }[];
  readonly DependsOn?: { ContainerName: string; Condition: string }[];
  readonly StartTimeout?: number;
  readonly StopTimeout?: number;
}
