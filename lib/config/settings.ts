import * as z from 'zod';
import { queueDays, switches } from '../../services/contract';
import { limits } from '../facts/limits';
import { regionNames } from '../facts/regions';
import { tierNames } from '../tiers/tier';
import { alarmTopics, slack } from './alarm-settings';
import { app, appCapacity, container, imageSchema } from './app-settings';
import { jobsCache } from './cache-settings';
import { isVpcCidr } from './cidr';
import { costAnomalies } from './cost-anomaly-settings';
import { emailFrom, siteUrl } from './email-settings';
import { files } from './file-settings';
import { hostName } from './host-name';
import { corsOrigins, protection } from './protection-settings';
import { amount, flag, hints, list, oneOf, text, whole } from './schemas';
import { secretArn } from './secret-arn';
import { sizeOverrides, tasks } from './size-overrides';
import { cacheEngines, postgresMajors } from './store-config';
import { tags } from './tag-settings';
import { isTime, isTimeZone } from './times';
import { traces } from './trace-settings';
import { usage } from './usage-settings';

/** One store's settings in cdk.json. Rules across settings are in `rules/`. */

const zoneNames = list(text('a zone of the region is allowed', 'us-east-1a', /^[a-z]+(-[a-z]+)+-\d[a-z]$/), {
  from: limits.zones.least,
  to: limits.zones.most,
  what: 'zone names',
  example: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
});

const subnetIds = (from: number) =>
  list(text('a subnet id is allowed', 'subnet-0123456789abcdef0', /^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/), {
    from,
    to: limits.zones.most,
    what: 'subnet ids (one per zone)',
    example: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'],
  });

const vpc = z.strictObject({
  vpcId: text('a VPC id is allowed', 'vpc-0123456789abcdef0', /^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/).describe('its id'),
  zones: zoneNames.describe('the zones of its subnets, in the order of the three lists'),
  publicSubnetIds: subnetIds(0).exactOptional().describe('for tasks, where `network.natGateways` is 0'),
  applicationSubnetIds: subnetIds(limits.zones.least).describe(
    'for tasks, where `network.natGateways` is above 0: they need a route out',
  ),
  dataSubnetIds: subnetIds(limits.zones.least).describe('for database and cache; they need no route out'),
});

const certificateArn = (region: string) =>
  text(
    'the ARN of a certificate in ACM is allowed',
    `arn:aws:acm:${region}:111122223333:certificate/12345678-1234-1234-1234-123456789012`,
    /^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/,
  );

const domain = z.strictObject({
  name: text("the store's host name is allowed", 'shop.example.com', hostName).describe('the host name of the store'),
  hostedZoneId: text('the id of a hosted zone is allowed', 'Z0123456789ABCDEFGHIJ', /^Z[A-Z0-9]{1,31}$/).describe(
    'its zone in Route 53',
  ),
  hostedZoneName: text("the hosted zone's name, without a dot at its end, is allowed", 'example.com', hostName).describe(
    "the zone's name",
  ),
  cdnCertificateArn: certificateArn('us-east-1').describe('the certificate for CloudFront, always in us-east-1'),
  regionalCertificateArn: certificateArn('eu-west-1')
    .exactOptional()
    .describe(
      "a certificate in the store's region: HTTPS to the load balancer. Adding or removing it later causes minutes of downtime",
    ),
});

/** A key of Stripe may stand in its place: it is not repeated. */
const payments = z
  .strictObject({ stripeSecretArn: secretArn.describe("the complete ARN of the secret with Stripe's keys") })
  .register(hints, { hidden: true });

/** What @sentry/core takes, over https and without the secret half of a key that old projects have. */
const sentryDsn = text(
  "a DSN from the project's settings in Sentry, https://<public key>@<host>/<project>, is allowed",
  'https://0123456789abcdef0123456789abcdef@o123456.ingest.sentry.io/1234567',
  /^https:\/\/\w{1,64}@[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:\d{1,5})?(\/[\w.-]{1,64}){0,8}\/\d{1,20}$/,
  { hidden: true },
);

const clock = (example: string) => text('a time of day such as 22:00 is allowed', example, /^([01]\d|2[0-3]):[0-5]\d$/);

const night = z.strictObject({
  stopAt: clock('22:00').describe('when all tasks stop'),
  startAt: clock('06:00').describe('when they start again'),
  timeZone: text('an IANA time zone is allowed', 'Europe/Berlin', isTimeZone).describe('the time zone of both'),
});

const moment = (example: string) => text('a time in ISO 8601 with an offset or Z is allowed', example, isTime);

const drop = z.strictObject({
  from: moment('2030-11-29T08:45:00Z').describe('when the tasks start: some minutes before the drop'),
  to: moment('2030-11-29T12:00:00Z').describe('when it ends; ended drops may stay in the settings'),
  tasks: tasks(8).describe('minimum number of API tasks during the drop'),
});

const budget = z
  .strictObject({
    usdPerMonth: amount({ from: 1, to: 1_000_000, example: 100, unit: 'USD a month' }).describe('the limit'),
    costTag: text(
      'a cost allocation tag as key$value is allowed',
      'store$acme',
      /^[\w .:/=+@-]{1,128}\$[\w .:/=+@-]{1,256}$/,
    ).describe('counts only what has this tag; activate `store` and `part` in the billing console to see the bill by part'),
  })
  .exactPartial();

const region = oneOf(
  regionNames,
  'us-east-1',
  'a commercial region of AWS, such as us-east-1 or eu-west-1, is allowed; China, GovCloud and the European Sovereign Cloud are other partitions',
  /^(cn|us-gov|us-iso[a-z]*|eu-isoe|eusc)-/,
).describe('The AWS region of the store. The only setting that a store must have.');

const optional = z.object({
  tier: oneOf(tierNames, 'small').describe(
    'Pins the size: another size is refused until `--context changeTier=small:medium` confirms the change.',
  ),
  production: flag().meta({
    description:
      'Set to `false` for a store that is not in production: no termination protection, `night` is allowed, and alarms send no notifications.',
    examples: [false],
  }),
  alarmEmail: text('an e-mail address is allowed', 'ops@example.com', /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/).describe(
    'Receives every alarm, failed deployments, failovers and the budget. E-mail pages no one: see `alarmTopics`.',
  ),
  alarmSlack: slack.describe('A Slack channel that receives the same as `alarmEmail`.'),
  alarmTopics: alarmTopics.describe(
    'Further SNS topics in the same region that alarms notify. AWS notices, such as the budget, are not sent there.',
  ),
  alarmActions: flag().meta({
    description: 'Whether alarms send notifications. By default only in production.',
    examples: [false],
  }),
  runbooksUrl: text(
    'an https address of docs/runbooks.md, without an anchor, is allowed',
    'https://github.com/acme/store/blob/main/docs/runbooks.md',
    /^https:\/\/[^\s#]{4,280}$/,
  ).describe('Where your copy of the runbooks is; alarms and dashboards link to it.'),
  zones: z
    .union([zoneNames, whole({ from: limits.zones.least, to: limits.zones.most, example: 3 })])
    .describe('The availability zones, by name or number. Cannot be changed later.'),
  cidr: text(
    `a private range from /${limits.vpcPrefix.largest} to /${limits.vpcPrefix.smallest} is allowed: nine subnets must fit`,
    '10.0.0.0/16',
    isVpcCidr,
  ).describe('The address range of the new VPC. Cannot be changed later.'),
  vpc: vpc.meta({
    description: 'An existing VPC instead of a new one. Cannot be changed later.',
    examples: [
      {
        vpcId: 'vpc-0123456789abcdef0',
        zones: ['us-east-1a', 'us-east-1b'],
        applicationSubnetIds: ['subnet-0000000a', 'subnet-0000000b'],
        dataSubnetIds: ['subnet-0000000c', 'subnet-0000000d'],
      },
    ],
  }),
  cloudFrontPrefixList: text(
    'the id of a managed prefix list is allowed',
    'pl-3b927c52',
    /^pl-([0-9a-f]{8}|[0-9a-f]{17})$/,
  ).describe(
    "CloudFront's managed prefix list in the store's region. Needed only in a region whose list is not in lib/facts/regions.json; the error then names the command.",
  ),
  domain: domain.meta({
    description: 'Your own domain, with its zone in Route 53 and its certificates in ACM.',
    examples: [
      {
        name: 'shop.example.com',
        hostedZoneId: 'Z0123456789ABCDEFGHIJ',
        hostedZoneName: 'example.com',
        cdnCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012',
      },
    ],
  }),
  corsOrigins,
  servicesImage: imageSchema.describe(
    "An image of the store's own services that was built elsewhere, so that the deployment needs no Docker. `--context imageUri=` does the same for one run.",
  ),
  app: app.meta({
    description:
      "Programs of your own in place of the store's: docs/your-app.md. What is not named stays the store's; only `site` is then the bucket of files.",
    examples: [
      {
        api: {
          image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/my-api:1.4.2',
          port: 3000,
          healthPath: '/healthz',
          needs: ['database', 'cache'],
        },
      },
    ],
  }),
  appCapacity: appCapacity.meta({
    description:
      'What `npm run measure` found of your API: the review counts with it. Without it, the capacity of your API is not measured.',
    examples: [{ cpuMicroseconds: 850, measuredOn: '2026-11-30' }],
    requires: { app: { api: { image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/my-api:1.4.2' } } },
  }),
  usage: usage.meta({
    description:
      'A month of the store as you know it: bill, capacity and quotas count with it. Each figure counts in place of the size’s or of what would follow from others. docs/costs.md has the model.',
    examples: [{ orders: 3_000, users: 8_000, pictures: 500 }],
  }),
  container: container.meta({
    description:
      'The former name of `app.api`, for an API that needs the database, the cache, the queues and the files. Use `app` instead.',
    examples: [{ image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/my-api:1.4.2', port: 3000, healthPath: '/healthz' }],
  }),
  payments: payments.describe('Stripe. Without it check-outs answer 503. docs/payments-and-email.md has the steps.'),
  emailFrom: emailFrom.describe('The sender of e-mails, verified in SES. Without it the store sends none.'),
  siteUrl: siteUrl.describe(
    "Where the shop's pages are, if not at the store's own address: links in e-mails go there. docs/payments-and-email.md names the pages.",
  ),
  sentryDsn: sentryDsn.describe('Where API and worker report errors.'),
  traces: traces.meta({
    description:
      'Traces of API and worker, which X-Ray takes in the form of OpenTelemetry. Off by default, since an account must have CloudWatch Transaction Search (docs/first-deployment.md#traces), and each span costs money, which `npm start` shows. Tasks reach X-Ray as they reach the other APIs of AWS, from a public address or through a NAT gateway: no size needs more.',
    examples: [{}],
  }),
  switchedOff: list(oneOf(switches, 'rate-limits'), { from: 0, to: switches.length, what: 'names', example: ['email'] }).describe(
    `What API and worker leave alone for now: the limits of what one address may ask for, or the reading of a queue, whose messages wait for ${queueDays.message} days and are lost after that. The dashboard of operations shows it (docs/runbooks.md#switching-off).`,
  ),
  postgres: oneOf(postgresMajors, '18').meta({
    description: 'The major version of PostgreSQL. Choose it before the first deployment.',
    examples: ['17'],
  }),
  restoreFromSnapshot: text(
    'the name or ARN of an RDS snapshot is allowed',
    'acme-before-move',
    /^(arn:aws:rds:[a-z0-9-]+:\d{12}:snapshot:)?((rds|awsbackup):)?[A-Za-z](-?[A-Za-z0-9]){0,254}$/,
  ).describe(
    "Creates the database of a new store from a store's snapshot (encrypted, master user `store_admin`), with at least its storage and its major version. The database keeps the snapshot's key for its whole life: never delete that key while the store runs. Keep the setting afterwards: without it the database would be replaced.",
  ),
  cacheEngine: oneOf(cacheEngines, 'redis').meta({
    description: 'The engine of the cache; Valkey costs a fifth less.',
    examples: ['valkey'],
  }),
  jobsCache: jobsCache.meta({
    description: 'A second cache, for the jobs of your own programs (BullMQ): it evicts nothing. docs/your-app.md#caches.',
    examples: [{ nodeType: 'cache.t4g.small', replicas: 1 }],
  }),
  night: night.meta({
    description: 'Runs no tasks at night. Only for a store with `"production": false`.',
    requires: { production: false },
  }),
  drops: list(drop, {
    from: 0,
    to: 50,
    what: 'drops',
    example: [{ from: '2030-11-29T08:45:00Z', to: '2030-11-29T12:00:00Z', tasks: 8 }],
  }).describe('Announced drops, with the API tasks that run from the start.'),
  files: files.meta({
    description: 'Access to the bucket of files.',
    examples: [{ uploadOrigins: ['https://shop.example.com'] }],
  }),
  protection: protection.meta({
    description: 'Protection against bots: docs/decisions/30-challenge-and-cors.md.',
    examples: [{ challenge: true }],
  }),
  tags: tags.describe(
    'Tags of everything that may change its tags: not of the VPC origin, which refuses, nor of the monitor of `costAnomalies`, which would be made anew. Use it in place of `cdk deploy --tags`, which is refused.',
  ),
  budget: budget.describe(
    'The monthly budget in AWS. It notifies `alarmEmail` when the forecast passes it, and when 80% and all of it are spent.',
  ),
  costAnomalies: costAnomalies.meta({
    description:
      'AWS Cost Anomaly Detection: it tells `alarmEmail` and `alarmSlack` of costs of this store that are unusual, within a day and without a limit to set. Off by default, since the billing of the account must have activated the tag `store` first (docs/first-deployment.md#13-see-the-bill-by-part). It costs nothing.',
    examples: [{ fromUsd: 20 }],
  }),
  acceptRisk: text(
    'a reason of 10 to 500 characters is allowed',
    'rebuilt from scratch every night',
    /^\s*\S.{8,498}\S\s*$/,
  ).describe(
    'The reason for going below a safety minimum (Multi-AZ, two API tasks, deletion protection, a week of backups) or past a fact that may be out of date. The review prints it.',
  ),
  ...sizeOverrides,
});

export const storeSchema = z.strictObject({ region, ...optional.exactPartial().shape });

/** What could be read of a store's settings: even `region` may be missing, and the rest can still be judged. */
export type StoreSettings = Partial<z.infer<typeof storeSchema>>;
