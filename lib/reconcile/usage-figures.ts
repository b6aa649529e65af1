import type { MonthlyUsage, UsageName } from '../usage/monthly-usage';
import type { BilledGroup } from './billed';
import type { Period } from './period';
import type { Reconciliation } from './reconcile';
import { priceKeysOf } from './usage-types';

/** What a bill tells of a month's use, and how. */
export interface MeasuredFigure {
  readonly name: FigureName;
  /** Of a whole month. */
  readonly value: number;
  readonly how: string;
}

export type FigureName = UsageName;

/** What figures are read with besides the bill. */
export interface FigureContext {
  /** What the review assumes. */
  readonly usage: MonthlyUsage;
  /** vCPU of a task, by part. */
  readonly taskVcpu: Readonly<Record<string, number | undefined>>;
  /** Queues that are read, by long polling. */
  readonly queues: number;
  /** Which requests the firewall inspects: those of the CDN or those that reach the load balancer. */
  readonly inspected: 'cdnRequests' | 'apiRequests' | undefined;
}

/** One row: price key, where it counts, figure, and how the figure follows from the quantity of a month. */
interface Rule {
  readonly keys: readonly string[];
  readonly figure: FigureName;
  readonly how: string;
  /** Which tags `part` it is counted by. @default - every one, and none */
  readonly part?: (part: string | undefined) => boolean;
  /** @default - the quantity itself; undefined where it cannot be known */
  readonly value?: (quantity: number, scope: Scope) => number | undefined;
}

interface Scope extends FigureContext {
  readonly period: Period;
  readonly quantityOf: (key: string) => number;
}

const onDemandAndSpot = ['fargate.arm.vcpu', 'fargate.x86.vcpu'].flatMap((key) => [key, `${key} × fargate.spot`]);
const tasksOf =
  (part: string) =>
  (vcpuHours: number, { taskVcpu, period }: Scope): number | undefined => {
    const vcpu = taskVcpu[part];
    return vcpu === undefined ? undefined : vcpuHours / vcpu / period.monthHours;
  };

const figureRules: readonly Rule[] = [
  { keys: ['cloudfront.out'], figure: 'cdnGbOut', how: 'GB from the CDN to viewers' },
  { keys: ['cloudfront.requests'], figure: 'cdnRequests', how: 'HTTPS requests to the CDN' },
  {
    keys: ['waf.requests'],
    figure: 'apiRequests',
    how: 'requests that the firewall inspected on the load balancer',
    value: (quantity, { inspected }) => (inspected === 'apiRequests' ? quantity : undefined),
  },
  {
    keys: ['nat.gb'],
    figure: 'natGb',
    how: 'GB through NAT gateways, less those of traces',
    value: (quantity, { quantityOf }) => Math.max(0, quantity - quantityOf('traces.spans')),
  },
  { keys: ['transfer.internet'], figure: 'internetGbOut', how: 'GB from tasks to the Internet' },
  { keys: ['transfer.zones'], figure: 'interZoneGb', how: 'GB across zones' },
  { keys: ['logs.ingestion'], figure: 'logGb', how: 'GB of logs ingested' },
  {
    keys: ['s3.storage'],
    figure: 'filesGb',
    how: 'GB-months of all buckets but the one of access logs',
    part: (part) => part !== undefined && part !== 'access-logs',
  },
  {
    keys: ['s3.storage'],
    figure: 'accessLogGb',
    how: 'GB-months of the bucket of access logs',
    part: (part) => part === 'access-logs',
  },
  { keys: ['logs.to-s3'], figure: 'flowLogGb', how: 'GB of flow logs delivered to S3' },
  { keys: ['s3.writes'], figure: 'filesWrites', how: 'requests of tier 1 to S3' },
  { keys: ['s3.reads'], figure: 'filesReads', how: 'requests of tier 2 to S3' },
  { keys: ['ecr.storage'], figure: 'imageGb', how: 'GB-months of the registry' },
  { keys: ['kms.requests'], figure: 'kmsRequests', how: 'requests to the key' },
  { keys: ['secrets.calls'], figure: 'secretCalls', how: 'calls to Secrets Manager' },
  {
    keys: onDemandAndSpot,
    figure: 'averageApiTasks',
    how: 'vCPU-hours of the API by the vCPU of a task and the hours',
    part: (part) => part === 'api',
    value: tasksOf('api'),
  },
  {
    keys: onDemandAndSpot,
    figure: 'averageWorkerTasks',
    how: 'vCPU-hours of the worker by the vCPU of a task and the hours',
    part: (part) => part === 'worker',
    value: tasksOf('worker'),
  },
  {
    keys: ['sqs.standard', 'sqs.fifo'],
    figure: 'queueMessages',
    how: 'requests to queues, less the assumed ones that find a queue empty, by three: a bill cannot tell the two apart',
    value: (quantity, { usage, queues }) => Math.max(0, (quantity - queues * usage.queueEmptyReceives) / 3),
  },
  {
    keys: ['sqs.standard', 'sqs.fifo'],
    figure: 'queueEmptyReceives',
    how: 'as assumed, or all requests to a queue where these are fewer: a bill cannot tell the two apart',
    value: (quantity, { usage, queues }) => (queues === 0 ? undefined : Math.min(usage.queueEmptyReceives, quantity / queues)),
  },
];

/** Figures that no row of a bill tells, and why. */
export const notBilled: Readonly<Partial<Record<FigureName, string>>> = {
  orders: 'a bill has no orders',
  apiResponseKiB: 'capacity units of the load balancer are of the largest of four quantities',
  databaseCpu: 'only credits above those earned are billed',
};

/** The month as the bill tells it; a figure that no billed row tells is not among them. */
export function measuredFigures({ use, period }: Reconciliation, context: FigureContext): readonly MeasuredFigure[] {
  const byKey = use.map((group) => ({ group, keys: priceKeysOf(group) }));
  const rowsOf = (wanted: readonly string[], part: Rule['part'] = anyPart): readonly BilledGroup[] =>
    byKey.filter(({ group, keys }) => part(group.part) && keys.some((key) => wanted.includes(key))).map(({ group }) => group);
  const quantityOf = (rows: readonly BilledGroup[]) => rows.reduce((sum, { quantity }) => sum + quantity, 0) / period.share;
  const scope: Scope = { ...context, period, quantityOf: (key) => quantityOf(rowsOf([key])) };
  return figureRules.flatMap(({ keys, part, value, figure, how }) => {
    const rows = rowsOf(keys, part);
    if (rows.length === 0) return [];
    const total = value ? value(quantityOf(rows), scope) : quantityOf(rows);
    return total === undefined ? [] : [{ name: figure, value: rounded(total), how }];
  });
}

const anyPart = (): boolean => true;

/** Four digits: a bill is no more exact than its month is like the next. */
const rounded = (value: number): number => Number(value.toPrecision(4));
