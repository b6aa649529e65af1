import { holdsJobs } from '../../../../template/cache';
import { primaries } from '../../../../template/database';
import { type CloudFormationTemplate, type Resource, Template } from '../../../../template/template';
import { withProperties } from '../../../../template/with-properties';
import { mergedOverrides, type Overrides } from '../../../../tiers/overrides';
import type { SettingSaving } from '../types';

/** The Graviton family of the generation that is nearest to one of x86. */
const families: Readonly<Record<string, string>> = {
  t3: 't4g',
  m5: 'm6g',
  m6i: 'm6g',
  m7i: 'm7g',
  r5: 'r6g',
  r6i: 'r6g',
  r7i: 'r7g',
};

export const graviton: SettingSaving = {
  name: 'Graviton',
  risk: 'Images have to be built for ARM, and a new class of the database takes a failover of a minute.',
  lowersAvailability: false,
  source: 'lib/facts/prices.json: the same class or task on both',
  change: ({ source, ...store }) => {
    const template = new Template(source);
    const steps = [...tasks(template), ...databases(template), ...caches(template)];
    if (steps.length === 0) return undefined;
    return {
      store: { ...store, source: steps.reduce((changed, { apply }) => apply(changed), source) },
      settings: mergedOverrides(steps.flatMap(({ settings }) => (settings ? [settings] : []))),
      steps: forTasks(steps),
      changed: steps.map(({ id }) => id),
    };
  },
};

/** Whether a template has something that runs on a processor at all. */
export function runsSomething(source: CloudFormationTemplate): boolean {
  const types = new Set(['AWS::ECS::TaskDefinition', 'AWS::RDS::DBInstance', 'AWS::ElastiCache::ReplicationGroup']);
  return Object.values(source.Resources ?? {}).some(({ Type }) => types.has(Type));
}

interface Step {
  readonly id: string;
  /** undefined: the stack builds its own tasks for ARM, so there is no setting. */
  readonly settings: Overrides | undefined;
  readonly apply: (template: CloudFormationTemplate) => CloudFormationTemplate;
}

function tasks(template: Template): readonly Step[] {
  return template
    .ofType('AWS::ECS::TaskDefinition')
    .filter((definition) => definition.text('RuntimePlatform.CpuArchitecture') !== 'ARM64')
    .map(({ id }) => ({
      id,
      settings: undefined,
      apply: withProperties([id], { RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' } }),
    }));
}

function databases(template: Template): readonly Step[] {
  const main = new Set(primaries(template).map(({ id }) => id));
  return template
    .ofType('AWS::RDS::DBInstance')
    .flatMap((instance) =>
      stepTo(instance, 'DBInstanceClass', (instanceClass) => (main.has(instance.id) ? { database: { instanceClass } } : {})),
    );
}

function caches(template: Template): readonly Step[] {
  return template
    .ofType('AWS::ElastiCache::ReplicationGroup')
    .flatMap((cache) =>
      stepTo(cache, 'CacheNodeType', (nodeType) => ({ [holdsJobs(cache) ? 'jobsCache' : 'cache']: { nodeType } })),
    );
}

/** `db.t3.medium` → `db.t4g.medium` */
function stepTo(resource: Resource, property: string, settings: (name: string) => Overrides): readonly Step[] {
  const [kind, family = '', size] = resource.text(property)?.split('.') ?? [];
  const arm = Object.hasOwn(families, family) ? families[family] : undefined;
  if (arm === undefined) return [];
  const name = `${kind}.${arm}.${size}`;
  return [{ id: resource.id, settings: settings(name), apply: withProperties([resource.id], { [property]: name }) }];
}

function forTasks(steps: readonly Step[]): readonly string[] {
  const definitions = steps.filter(({ settings }) => settings === undefined).map(({ id }) => id);
  if (definitions.length === 0) return [];
  return [`build the images for linux/arm64, and set RuntimePlatform.CpuArchitecture of ${definitions.join(', ')} to ARM64`];
}
