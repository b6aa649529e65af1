import type { PartName } from '../../../facts/part-names';

/** Layout of the architecture picture, set by hand: distances in pixels of the drawing. */
export const canvas = { width: 1120, height: 690 } as const;

export type NodeId = 'viewers' | PartName;

export interface PictureNode {
  readonly id: NodeId;
  readonly title: string;
  /** Lines in the box. @default - the summary of the part */
  readonly text?: readonly string[];
  readonly x: number;
  readonly y: number;
}

export interface PictureEdge {
  readonly from: NodeId;
  readonly to: NodeId;
  /** Corners, each `x,y`. */
  readonly path: readonly string[];
  readonly label?: { readonly text: string; readonly x: number; readonly y: number };
  /** Not a path of requests, but protection, replication or backup. */
  readonly dashed?: true;
  readonly bothWays?: true;
  /** Drawn only if every store lacks this part. */
  readonly without?: NodeId;
}

export interface PictureFrame {
  readonly title: string;
  /** Drawn if one of these is. */
  readonly around: readonly NodeId[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const box = { width: 236, height: 98 } as const;

const [a, b, c, d] = [12, 304, 586, 864] as const;
const [top, one, two, three, bottom] = [14, 152, 290, 424, 580] as const;

export const nodes: readonly PictureNode[] = [
  { id: 'viewers', title: 'Viewers', text: ['browsers and apps', 'webhooks of the payment provider'], x: a, y: top },
  { id: 'firewall', title: 'WAF', x: b, y: top },
  { id: 'cdn', title: 'CloudFront', text: ['site, pictures and files', 'caches API responses'], x: a, y: one },
  {
    id: 'load-balancer',
    title: 'Load balancer',
    text: ['internal', 'reachable from CloudFront only'],
    x: b,
    y: one,
  },
  { id: 'proxy', title: 'RDS Proxy', x: c, y: one },
  { id: 'database', title: 'PostgreSQL', x: d, y: one },
  { id: 'files', title: 'S3 buckets', x: a, y: two },
  { id: 'api', title: 'API', x: b, y: two },
  { id: 'cache', title: 'Cache', x: c, y: two },
  { id: 'replicas', title: 'Read replicas', x: d, y: two },
  { id: 'worker', title: 'Worker', x: b, y: three },
  { id: 'network', title: 'NAT gateways', x: c, y: three },
  { id: 'jobs-cache', title: 'Job cache', x: d, y: three },
  { id: 'alarms', title: 'CloudWatch alarms', x: a, y: bottom },
  { id: 'queues', title: 'SQS queues', x: b, y: bottom },
  { id: 'backups', title: 'AWS Backup', x: d, y: bottom },
];

export const frames: readonly PictureFrame[] = [
  { title: 'VPC', around: ['load-balancer', 'api', 'database'], x: 284, y: 126, width: 834, height: 420 },
  { title: 'ECS Fargate', around: ['api', 'worker'], x: 294, y: 268, width: 256, height: 264 },
];

export const edges: readonly PictureEdge[] = [
  { from: 'viewers', to: 'cdn', path: ['130,112', '130,152'], label: { text: 'HTTPS', x: 138, y: 136 } },
  { from: 'firewall', to: 'load-balancer', path: ['422,112', '422,152'], dashed: true },
  { from: 'cdn', to: 'load-balancer', path: ['248,201', '304,201'], label: { text: '/api', x: 255, y: 194 } },
  { from: 'cdn', to: 'files', path: ['130,250', '130,290'], label: { text: 'site, /media, /files', x: 138, y: 274 } },
  { from: 'load-balancer', to: 'api', path: ['422,250', '422,290'] },
  { from: 'api', to: 'files', path: ['304,339', '248,339'], label: { text: 'links', x: 255, y: 332 } },
  { from: 'api', to: 'proxy', path: ['550,300', '562,300', '562,201', '586,201'] },
  { from: 'api', to: 'database', path: ['550,300', '562,300', '562,201', '864,201'], without: 'proxy' },
  {
    from: 'api',
    to: 'replicas',
    path: ['550,320', '574,320', '574,268', '843,268', '843,339', '864,339'],
    label: { text: 'reads', x: 770, y: 262 },
  },
  { from: 'api', to: 'cache', path: ['550,350', '586,350'] },
  { from: 'worker', to: 'network', path: ['550,473', '586,473'] },
  { from: 'worker', to: 'jobs-cache', path: ['550,510', '568,510', '568,534', '850,534', '850,473', '864,473'] },
  { from: 'api', to: 'queues', path: ['422,532', '422,580'], bothWays: true, label: { text: 'jobs', x: 430, y: 564 } },
  { from: 'proxy', to: 'database', path: ['822,201', '864,201'] },
  {
    from: 'database',
    to: 'replicas',
    path: ['982,250', '982,290'],
    dashed: true,
    label: { text: 'replication', x: 990, y: 274 },
  },
  { from: 'database', to: 'backups', path: ['1100,220', '1109,220', '1109,629', '1100,629'], dashed: true },
];
