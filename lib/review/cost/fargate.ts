import { hoursAMonth } from '../../facts/month';
import type { PartName } from '../../facts/part-names';
import {
  averageTasks,
  capacityStrategy,
  includedDiskGb,
  type TaskSize,
  type TasksByProvider,
  taskRange,
  taskSize,
  tasksByProvider,
} from '../../template/tasks';
import type { Resource } from '../../template/template';
import type { Charge } from './charge';
import type { Scope } from './entry';

/** Tasks of a service: its minimum is fixed, the average above it is usage. */
export function fargateCharges(service: Resource, part: string | undefined, { template, usage }: Scope): Charge[] {
  if (['EC2', 'EXTERNAL'].includes(service.text('LaunchType') ?? '')) return []; // its instances are billed, not its tasks
  const size = taskSize(service.references('TaskDefinition')[0]);
  const [least, most] = taskRange(service, template);
  const average = averageTasks(part);
  const tasks = Math.min(most, Math.max(least, average ? usage[average] : least));

  const strategy = capacityStrategy(service, template);
  const fixed = tasksByProvider(strategy, least);
  const all = tasksByProvider(strategy, tasks);
  const above = { FARGATE: all.FARGATE - fixed.FARGATE, FARGATE_SPOT: all.FARGATE_SPOT - fixed.FARGATE_SPOT };
  const publicAddress = service.text('NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp') === 'ENABLED';

  return [
    ...runningTasks(fixed, size, publicAddress, { kind: 'fixed' }),
    ...runningTasks(above, size, publicAddress, { kind: 'usage', from: average ? [average] : [] }),
  ];
}

function runningTasks(
  tasks: TasksByProvider,
  size: TaskSize | undefined,
  publicAddress: boolean,
  counted: Pick<Charge, 'kind' | 'from'>,
): Charge[] {
  const charge = (label: string, price: Charge['price'], quantity: number, part?: PartName): Charge => ({
    label,
    price,
    quantity: quantity * hoursAMonth,
    ...counted,
    ...(part !== undefined && { part }),
  });
  const count = tasks.FARGATE + tasks.FARGATE_SPOT;
  if (!size) return [charge('tasks whose definition is not in the template', 'fargate.unknown-task', count)];

  const compute = (['FARGATE', 'FARGATE_SPOT'] as const).flatMap((provider) => {
    const running = tasks[provider];
    const price = (key: string): Charge['price'] => (provider === 'FARGATE_SPOT' ? [key, 'fargate.spot'] : key);
    const what = `${round(running)} ${provider === 'FARGATE_SPOT' ? 'Spot ' : ''}${size.architecture === 'arm' ? 'ARM' : 'x86'} ${plural(running)}`;
    return [
      charge(`${what} × ${size.vcpu} vCPU`, price(`fargate.${size.architecture}.vcpu`), running * size.vcpu),
      charge(`${what} × ${size.memoryGb} GB`, price(`fargate.${size.architecture}.memory`), running * size.memoryGb),
    ];
  });
  return [
    ...compute,
    charge(`disk above ${includedDiskGb} GB`, 'fargate.ephemeral', count * size.extraDiskGb),
    ...(publicAddress ? [charge(`public IPv4 addresses of ${round(count)} ${plural(count)}`, 'vpc.ipv4', count, 'network')] : []),
  ];
}

function plural(tasks: number): string {
  return tasks === 1 ? 'task' : 'tasks';
}

function round(tasks: number): string {
  return String(Math.round(tasks * 100) / 100);
}
