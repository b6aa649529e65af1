import { type Json, member, type Resource, type Template } from './template';

/** GB of disk that Fargate includes in a task. */
export const includedDiskGb = 20; // AWS Fargate price page

/** Size of a task as Fargate bills it. */
export interface TaskSize {
  readonly architecture: 'arm' | 'x86';
  readonly vcpu: number;
  readonly memoryGb: number;
  readonly extraDiskGb: number;
}

/** Minimum and maximum of a service's tasks; without auto scaling both are its desired count. */
export function taskRange(service: Resource, template: Template): readonly [least: number, most: number] {
  const target = scalableTarget(service, template);
  const desired = service.number('DesiredCount') ?? 1;
  const least = target?.number('MinCapacity') ?? desired;
  return [least, Math.max(least, target?.number('MaxCapacity') ?? desired)];
}

/** What scales the service. */
export function scalableTarget(service: Resource, template: Template): Resource | undefined {
  const targets = template.ofType('AWS::ApplicationAutoScaling::ScalableTarget');
  return targets.find((target) => target.references('ResourceId').includes(service));
}

export function taskSize(definition: Resource | undefined): TaskSize | undefined {
  const vcpu = amount(definition?.text('Cpu'));
  const memoryGb = amount(definition?.text('Memory'));
  if (!definition || !vcpu || !memoryGb) return undefined;
  return {
    architecture: definition.text('RuntimePlatform.CpuArchitecture') === 'ARM64' ? 'arm' : 'x86',
    vcpu,
    memoryGb,
    extraDiskGb: Math.max(0, (definition.number('EphemeralStorage.SizeInGiB') ?? includedDiskGb) - includedDiskGb),
  };
}

/** CPU units or MiB as `512`, or vCPU or GB as `0.5 vCPU` and `1 GB`. */
function amount(text: string | undefined): number | undefined {
  const [, number, unit] = /^([\d.]+)\s*(vCPU|GB)?$/i.exec(text ?? '') ?? [];
  return number === undefined ? undefined : Number(number) / (unit ? 1 : 1024);
}

/** Containers of a task that keep running; those that are not essential prepare the task and end. */
export function runningContainers(definition: Resource | undefined): readonly Json[] {
  return (definition?.list('ContainerDefinitions') ?? []).filter((container) => member(container, 'Essential') !== false);
}

/** The size's assumption of how many tasks of a part run on average; of a site that is rendered as many as of the API. */
export function averageTasks(part: string | undefined): 'averageApiTasks' | 'averageWorkerTasks' | undefined {
  if (part === 'api' || part === 'site') return 'averageApiTasks';
  return part === 'worker' ? 'averageWorkerTasks' : undefined;
}

type Provider = 'FARGATE' | 'FARGATE_SPOT';
export type TasksByProvider = Readonly<Record<Provider, number>>;

/** Which capacity providers a service uses, its own or its cluster's. */
export function capacityStrategy(service: Resource, template: Template): readonly Json[] {
  const own = service.list('CapacityProviderStrategy');
  if (own.length > 0 || service.text('LaunchType')) return own;
  const cluster = service.references('Cluster')[0];
  const association = template
    .ofType('AWS::ECS::ClusterCapacityProviderAssociations')
    .find((of) => cluster && of.references('Cluster').includes(cluster));
  return association?.list('DefaultCapacityProviderStrategy') ?? [];
}

/** ECS fills each provider's base first and divides the rest by weight. */
export function tasksByProvider(strategy: readonly Json[], tasks: number): TasksByProvider {
  const result: Record<Provider, number> = { FARGATE: 0, FARGATE_SPOT: 0 };
  const providers = strategy.map((item) => ({
    name: member(item, 'CapacityProvider') === 'FARGATE_SPOT' ? ('FARGATE_SPOT' as const) : ('FARGATE' as const),
    base: Number(member(item, 'Base') ?? 0),
    weight: Number(member(item, 'Weight') ?? 0),
  }));
  let left = tasks;
  for (const { name, base } of providers) {
    const taken = Math.min(base, left);
    result[name] += taken;
    left -= taken;
  }
  const weights = providers.reduce((sum, { weight }) => sum + weight, 0);
  for (const { name, weight } of providers) result[name] += weights > 0 ? (left * weight) / weights : 0;
  if (weights === 0) result.FARGATE += left;
  return result;
}
