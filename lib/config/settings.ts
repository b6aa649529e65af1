import * as z from 'zod';
import { limits } from '../facts/limits';
import { regionNames } from '../facts/regions';
import { tierNames } from '../tiers/tier';
import { isVpcCidr } from './cidr';
import { amount, flag, hints, list, named, oneOf, text, whole } from './schemas';
import { isSigningKey } from './signing-key';
import { sizeOverrides, tasks } from './size-overrides';
import { cacheEngines, postgresMajors } from './store-config';
import { isTime, isTimeZone } from './times';

/** One store's settings in cdk.json. What a value must be beside other values stands in `rules/`. */

const hostName = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

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
    what: 'subnet ids (one a zone)',
    example: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'],
  });

const vpc = z.strictObject({
  vpcId: text('a VPC id is allowed', 'vpc-0123456789abcdef0', /^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/),
  zones: zoneNames,
  publicSubnetIds: subnetIds(0).exactOptional(),
  applicationSubnetIds: subnetIds(limits.zones.least),
  dataSubnetIds: subnetIds(limits.zones.least),
});

const certificateArn = (region: string) =>
  text(
    'the ARN of a certificate in ACM is allowed',
    `arn:aws:acm:${region}:111122223333:certificate/12345678-1234-1234-1234-123456789012`,
    /^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/,
  );

const domain = z.strictObject({
  name: text("the store's host name is allowed", 'shop.example.com', hostName),
  hostedZoneId: text('the id of a hosted zone is allowed', 'Z0123456789ABCDEFGHIJ', /^Z[A-Z0-9]{1,31}$/),
  hostedZoneName: text("the hosted zone's name, without a dot at its end, is allowed", 'example.com', hostName),
  cdnCertificateArn: certificateArn('us-east-1'),
  regionalCertificateArn: certificateArn('eu-west-1').exactOptional(),
});

const image =
  /^[a-z0-9][a-zA-Z0-9._-]*(:\d{1,5})?(\/[a-z0-9][a-z0-9._-]*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}(@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})$/;

/** Also for `--context imageUri=`, which stands for `servicesImage`. A tag that moves would make two deployments of one commit differ. */
export const imageSchema = text(
  'an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated',
  '111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2',
  (uri) => image.test(uri) && !/:latest(@|$)/.test(uri),
);

const variableName = text(
  'a letter, then letters, digits and underscores are allowed',
  'LOG_LEVEL',
  /^[A-Za-z][A-Za-z0-9_]{0,127}$/,
);

const secretArn = text(
  'the complete ARN of a secret in Secrets Manager, with the six characters at its end, is allowed',
  'arn:aws:secretsmanager:us-east-1:111122223333:secret:payments-AbCdEf',
  /^arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]{1,512}-[A-Za-z0-9]{6}$/,
  { hidden: true },
);

const container = z
  .strictObject({
    image: imageSchema,
    port: whole({ from: 1, to: 65_535, example: 8080 }),
    healthPath: text('a path that starts with / is allowed', '/health', /^\/[\w!$&'()*+,./:;=@~%?-]{0,1023}$/),
    environment: named(variableName, text('text is allowed', 'info', /^/), {
      what: 'environment variables',
      example: { LOG_LEVEL: 'info' },
    }),
    secrets: named(variableName, secretArn, {
      what: 'secrets',
      example: { PAYMENT_KEY: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:payments-AbCdEf' },
    }),
  })
  .exactPartial();

/** A key of Stripe may stand in its place: it is not repeated. */
const payments = z.strictObject({ stripeSecretArn: secretArn }).register(hints, { hidden: true });

/** Without * and ?, which are wildcards in a policy, and in the one way of writing that a policy's condition compares. */
const emailFrom = text(
  'an address without a name, in lower-case letters, that SES has verified (or its domain) is allowed',
  'orders@shop.example.com',
  (address) => /^[a-z0-9._%+-]{1,64}@/.test(address) && hostName.test(address.slice(address.indexOf('@') + 1)),
);

/** What @sentry/core takes, over https and without the secret half of a key that old projects have. */
const sentryDsn = text(
  "a DSN from the project's settings in Sentry, https://<public key>@<host>/<project>, is allowed",
  'https://0123456789abcdef0123456789abcdef@o123456.ingest.sentry.io/1234567',
  /^https:\/\/\w{1,64}@[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:\d{1,5})?(\/[\w.-]{1,64}){0,8}\/\d{1,20}$/,
  { hidden: true },
);

const clock = (example: string) => text('a time of day such as 22:00 is allowed', example, /^([01]\d|2[0-3]):[0-5]\d$/);

const night = z.strictObject({
  stopAt: clock('22:00'),
  startAt: clock('06:00'),
  timeZone: text('an IANA time zone is allowed', 'Europe/Berlin', isTimeZone),
});

const moment = (example: string) => text('a time in ISO 8601 with an offset or Z is allowed', example, isTime);

const drop = z.strictObject({ from: moment('2030-11-29T08:45:00Z'), to: moment('2030-11-29T12:00:00Z'), tasks: tasks(8) });

const files = z
  .strictObject({
    signingPublicKey: text(
      'a public key in PEM, RSA of 2048 bits or ECDSA P-256, is allowed',
      '-----BEGIN PUBLIC KEY-----\n...\n-----END PUBLIC KEY-----\n',
      isSigningKey,
      { hidden: true },
    ),
    uploadOrigins: list(
      text(
        'an origin, without a path, is allowed',
        'https://shop.example.com',
        /^https?:\/\/(\*\.)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:\d{1,5})?$/,
      ),
      { from: 1, to: 20, what: 'origins', example: ['https://shop.example.com'] },
    ),
  })
  .exactPartial();

const budget = z
  .strictObject({
    usdPerMonth: amount({ from: 1, to: 1_000_000, example: 100, unit: 'USD a month' }),
    costTag: text('a cost allocation tag as key$value is allowed', 'store$acme', /^[\w .:/=+@-]{1,128}\$[\w .:/=+@-]{1,256}$/),
  })
  .exactPartial();

const slack = z.strictObject({
  workspaceId: text(
    "the id of a Slack workspace, from the workspace's address, is allowed",
    'T0123456789',
    /^[TE][0-9A-Z]{5,24}$/,
  ),
  channelId: text("the id of a channel, from the channel's details in Slack, is allowed", 'C0123456789', /^[CG][0-9A-Z]{5,24}$/),
});

const topicArns = (name: string) =>
  list(
    text(
      'the ARN of a topic in SNS is allowed',
      `arn:aws:sns:us-east-1:111122223333:${name}`,
      /^arn:aws:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}(\.fifo)?$/,
    ),
    { from: 1, to: 4, what: 'topics', example: [`arn:aws:sns:us-east-1:111122223333:${name}`] }, // five actions an alarm, the store's topic is one
  );

const alarmTopics = z.strictObject({ page: topicArns('on-call'), ticket: topicArns('tickets') }).exactPartial();

const region = oneOf(regionNames, 'us-east-1', 'a commercial region of AWS, such as us-east-1 or eu-west-1, is allowed');

const optional = z.object({
  tier: oneOf(tierNames, 'small'),
  production: flag(),
  alarmEmail: text('an e-mail address is allowed', 'ops@example.com', /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/),
  alarmSlack: slack,
  alarmTopics,
  alarmActions: flag(),
  runbooksUrl: text(
    'an https address of docs/runbooks.md, without an anchor, is allowed',
    'https://github.com/acme/store/blob/main/docs/runbooks.md',
    /^https:\/\/[^\s#]{4,280}$/,
  ),
  zones: z.union([zoneNames, whole({ from: limits.zones.least, to: limits.zones.most, example: 3 })]),
  cidr: text(
    `a private range from /${limits.vpcPrefix.largest} to /${limits.vpcPrefix.smallest} is allowed: nine subnets must fit`,
    '10.0.0.0/16',
    isVpcCidr,
  ),
  vpc,
  cloudFrontPrefixList: text('the id of a managed prefix list is allowed', 'pl-3b927c52', /^pl-([0-9a-f]{8}|[0-9a-f]{17})$/),
  domain,
  servicesImage: imageSchema,
  container,
  payments,
  emailFrom,
  sentryDsn,
  postgres: oneOf(postgresMajors, '18'),
  restoreFromSnapshot: text(
    'the name or ARN of an RDS snapshot is allowed',
    'acme-before-move',
    /^(arn:aws:rds:[a-z0-9-]+:\d{12}:snapshot:)?((rds|awsbackup):)?[A-Za-z](-?[A-Za-z0-9]){0,254}$/,
  ),
  cacheEngine: oneOf(cacheEngines, 'redis'),
  night,
  drops: list(drop, {
    from: 0,
    to: 50,
    what: 'drops',
    example: [{ from: '2030-11-29T08:45:00Z', to: '2030-11-29T12:00:00Z', tasks: 8 }],
  }),
  files,
  budget,
  acceptRisk: text('a reason of 10 to 500 characters is allowed', 'rebuilt from scratch every night', /^\s*\S.{8,498}\S\s*$/),
  ...sizeOverrides,
});

export const storeSchema = z.strictObject({ region, ...optional.exactPartial().shape });

/** What could be read of a store's settings: even `region` may be missing, and the rest can still be judged. */
export type StoreSettings = Partial<z.infer<typeof storeSchema>>;
