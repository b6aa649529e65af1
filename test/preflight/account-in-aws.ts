import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { createPreflightClients, type PreflightClients } from '../../lib/preflight/clients';
import { type Answer, type Answering, json, jsonError, xmlError } from '../services/assessor/aws-server';

/** What an account has; what is left out is as a small store needs it. */
export interface AccountInAws {
  /** Name and id of each zone. */
  readonly zones?: readonly (readonly [name: string, id: string])[];
  readonly bootstrapVersion?: string | undefined;
  /** Zones of each class on gp3, Multi-AZ, by version. */
  readonly classes?: Readonly<Record<string, { readonly version: string; readonly zones: readonly string[] }>>;
  readonly prefixList?: string | undefined;
  /** By ARN: ACM's fields. */
  readonly certificates?: Readonly<Record<string, object>>;
  /** By ARN: fields of Secrets Manager. */
  readonly secrets?: Readonly<Record<string, object>>;
  /** By code; what is left out was never raised. */
  readonly quotas?: Readonly<Record<string, number>>;
  /** How many Elastic IP addresses it has. */
  readonly addresses?: number;
  /** What RDS says of a snapshot, by the names of its API. */
  readonly snapshot?: Readonly<Record<string, string>>;
  /** Actions that the caller may not use. */
  readonly denied?: readonly string[];
}

const small = 'db.t4g.micro';
const threeZones = [
  ['us-east-1a', 'use1-az1'],
  ['us-east-1b', 'use1-az2'],
  ['us-east-1c', 'use1-az4'],
] as const;

export function account(has: AccountInAws = {}): Answering {
  const { zones = threeZones, classes = { [small]: { version: '18.3', zones: zones.map(([name]) => name) } }, denied = [] } = has;
  const version = 'bootstrapVersion' in has ? has.bootstrapVersion : '30';
  const list = 'prefixList' in has ? has.prefixList : 'pl-3b927c52';
  const answers: Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => Answer>> = {
    GetCallerIdentity: () =>
      xml('GetCallerIdentity', '<Account>111122223333</Account><Arn>arn:aws:iam::111122223333:user/ops</Arn>'),
    GetParameter: () => (version === undefined ? jsonError('ParameterNotFound') : json({ Parameter: { Value: version } })),
    DescribeAvailabilityZones: () =>
      ec2(
        'DescribeAvailabilityZones',
        items(
          'availabilityZoneInfo',
          zones.map(([name, id]) => ({ zoneName: name, zoneId: id, zoneState: 'available' })),
        ),
      ),
    DescribeManagedPrefixLists: () =>
      ec2('DescribeManagedPrefixLists', items('prefixListSet', list === undefined ? [] : [{ prefixListId: list }])),
    DescribeOrderableDBInstanceOptions: ({ DBInstanceClass: name }) => offers(classes[String(name)]),
    GetServiceQuota: ({ QuotaCode: code }) => {
      const value = has.quotas?.[String(code)];
      return value === undefined ? jsonError('NoSuchResourceException') : json({ Quota: { Value: value } });
    },
    DescribeAddresses: () =>
      ec2(
        'DescribeAddresses',
        items(
          'addressesSet',
          Array.from({ length: has.addresses ?? 0 }, () => ({ domain: 'vpc' })),
        ),
      ),
    DescribeDBSnapshots: () => snapshot(has.snapshot),
    DescribeCertificate: ({ CertificateArn: arn }) => found(has.certificates?.[String(arn)], (Certificate) => ({ Certificate })),
    DescribeSecret: ({ SecretId: arn }) => found(has.secrets?.[String(arn)], (secret) => secret),
  };
  return ({ action, input }) => {
    if (denied.includes(action))
      return /^(Get(Parameter)|DescribeCertificate|DescribeSecret)$/.test(action)
        ? jsonError('AccessDeniedException')
        : xmlError('AccessDenied', 403);
    return answers[action]?.(input) ?? xmlError('InvalidAction');
  };
}

/** The project's own clients with as many attempts, and no pause between two. */
export function clientsAt(endpoint: string): PreflightClients {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return createPreflightClients({
    region: 'us-east-1',
    endpoint,
    credentials,
    retryStrategy: new ConfiguredRetryStrategy(6, () => 0),
  });
}

function offers(offer: NonNullable<AccountInAws['classes']>[string] | undefined): Answer {
  if (!offer) return xml('DescribeOrderableDBInstanceOptions', '<OrderableDBInstanceOptions/>');
  const zones = offer.zones.map((zone) => `<AvailabilityZone><Name>${zone}</Name></AvailabilityZone>`).join('');
  const option = `<EngineVersion>${offer.version}</EngineVersion><StorageType>gp3</StorageType><MultiAZCapable>true</MultiAZCapable><AvailabilityZones>${zones}</AvailabilityZones>`;
  return xml(
    'DescribeOrderableDBInstanceOptions',
    `<OrderableDBInstanceOptions><OrderableDBInstanceOption>${option}</OrderableDBInstanceOption></OrderableDBInstanceOptions>`,
  );
}

function snapshot(fields: AccountInAws['snapshot']): Answer {
  if (fields === undefined) return xmlError('DBSnapshotNotFound', 404);
  const inner = Object.entries(fields).map(([name, value]) => `<${name}>${value}</${name}>`);
  return xml('DescribeDBSnapshots', `<DBSnapshots><DBSnapshot>${inner.join('')}</DBSnapshot></DBSnapshots>`);
}

const found = (value: object | undefined, answer: (value: object) => object): Answer =>
  value === undefined ? jsonError('ResourceNotFoundException') : json(answer(value));

const xml = (action: string, inner: string): Answer => ({
  body: `<${action}Response><${action}Result>${inner}</${action}Result></${action}Response>`,
});
const ec2 = (action: string, inner: string): Answer => ({ body: `<${action}Response>${inner}</${action}Response>` });

const items = (set: string, all: readonly Readonly<Record<string, string>>[]): string =>
  `<${set}>${all.map(item).join('')}</${set}>`;

function item(fields: Readonly<Record<string, string>>): string {
  return `<item>${Object.entries(fields)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}</item>`;
}
