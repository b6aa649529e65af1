import type { CloudFormationTemplate } from './template';

/** Services of ECS and their task definitions: what CloudFormation replaces when an image, a variable, a port or a secret changes. */
const typesOfTasks: ReadonlySet<string> = new Set(['AWS::ECS::Service', 'AWS::ECS::TaskDefinition']);

/** Logical IDs of resources and outputs. */
export interface TaskParts {
  readonly resources: ReadonlySet<string>;
  readonly outputs: ReadonlySet<string>;
}

/** What runs tasks, and everything that names it: scaling, the alarms of the services, dashboards. */
export function taskParts({ Resources = {}, Outputs = {} }: CloudFormationTemplate): TaskParts {
  const all = Object.entries(Resources);
  const names = new Map(all.map(([id, resource]) => [id, namedIn(resource)] as const));
  const resources = new Set(all.flatMap(([id, { Type }]) => (typesOfTasks.has(Type) ? [id] : [])));
  const namesOne = (named: ReadonlySet<string>) => !named.isDisjointFrom(resources);
  for (let size = -1; size < resources.size; ) {
    size = resources.size;
    for (const [id, named] of names) if (namesOne(named)) resources.add(id);
  }
  const outputs = Object.entries(Outputs).filter(([, output]) => namesOne(namedIn(output)));
  return { resources, outputs: new Set(outputs.map(([id]) => id)) };
}

/**
 * The template of the first stage of a first deployment: network, data, queues, CDN and balancer, and no tasks. What the second stage adds
 * changes nothing of it, so a failure there is rolled back to it, and can be tried again with any other image, variable or secret.
 */
export function foundationOf(template: CloudFormationTemplate): CloudFormationTemplate {
  const { resources, outputs } = taskParts(template);
  return {
    ...template,
    Resources: without(template.Resources, resources),
    Outputs: without(template.Outputs, outputs),
  };
}

function without<Value>(all: Readonly<Record<string, Value>> = {}, ids: ReadonlySet<string>): Record<string, Value> {
  return Object.fromEntries(Object.entries(all).filter(([id]) => !ids.has(id)));
}

/** Logical IDs in it: of Ref, Fn::GetAtt, Fn::Sub and DependsOn, at any depth. */
function namedIn(value: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, inner] of Object.entries(value)) {
    for (const id of idsOf(key, inner)) found.add(id);
    namedIn(inner, found);
  }
  return found;
}

function idsOf(key: string, value: unknown): readonly string[] {
  const texts = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
  const [first = ''] = texts;
  if (key === 'Ref') return [first];
  if (key === 'Fn::GetAtt') return [first.split('.')[0] ?? ''];
  if (key === 'Fn::Sub') return [...first.matchAll(/\$\{(\w+)/g)].map(([, id = '']) => id);
  return key === 'DependsOn' ? texts : [];
}
