import { limits } from '../facts/limits';
import { regionNames } from '../facts/regions';
import { tierNames } from '../tiers/tier';
import { isVpcCidr } from './cidr';
import { either, group, list, record } from './compound-shapes';
import { flag, numeric, oneOf, type ShapeOf, text } from './shape';
import { isSigningKey } from './signing-key';
import { sizeOverrides, tasks } from './size-overrides';
import { cacheEngines, postgresMajors } from './store-config';
import { isTime, isTimeZone } from './times';

/** Shapes of one store's settings in cdk.json. What a value must be beside other values stands in `rules/`. */

const hostName = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

const zoneNames = list(
  text({ allowed: 'a zone of the region is allowed', example: 'us-east-1a', pattern: /^[a-z]+(-[a-z]+)+-\d[a-z]$/ }),
  {
    from: limits.zones.least,
    to: limits.zones.most,
    what: 'zone names',
    example: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
  },
);

const subnetIds = (from: number) =>
  list(
    text({
      allowed: 'a subnet id is allowed',
      example: 'subnet-0123456789abcdef0',
      pattern: /^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/,
    }),
    {
      from,
      to: limits.zones.most,
      what: 'subnet ids (one a zone)',
      example: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'],
    },
  );

const vpc = group(
  {
    vpcId: text({
      allowed: 'a VPC id is allowed',
      example: 'vpc-0123456789abcdef0',
      pattern: /^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/,
    }),
    zones: zoneNames,
    publicSubnetIds: subnetIds(0),
    applicationSubnetIds: subnetIds(limits.zones.least),
    dataSubnetIds: subnetIds(limits.zones.least),
  },
  { required: ['vpcId', 'zones', 'applicationSubnetIds', 'dataSubnetIds'] },
);

const certificateArn = (region: string) =>
  text({
    allowed: 'the ARN of a certificate in ACM is allowed',
    example: `arn:aws:acm:${region}:111122223333:certificate/12345678-1234-1234-1234-123456789012`,
    pattern: /^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/,
  });

const domain = group(
  {
    name: text({ allowed: "the store's host name is allowed", example: 'shop.example.com', pattern: hostName }),
    hostedZoneId: text({
      allowed: 'the id of a hosted zone is allowed',
      example: 'Z0123456789ABCDEFGHIJ',
      pattern: /^Z[A-Z0-9]{1,31}$/,
    }),
    hostedZoneName: text({
      allowed: "the hosted zone's name, without a dot at its end, is allowed",
      example: 'example.com',
      pattern: hostName,
    }),
    cdnCertificateArn: certificateArn('us-east-1'),
    regionalCertificateArn: certificateArn('eu-west-1'),
  },
  { required: ['name', 'hostedZoneId', 'hostedZoneName', 'cdnCertificateArn'] },
);

/** Also for `--context imageUri=`, which stands for `servicesImage`. A tag that moves would make two deployments of one commit differ. */
export const imageShape = text({
  allowed: 'an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated',
  example: '111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2',
  pattern:
    /^[a-z0-9][a-zA-Z0-9._-]*(:\d{1,5})?(\/[a-z0-9][a-z0-9._-]*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}(@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})$/,
  accepts: (uri) => !/:latest(@|$)/.test(uri),
});

const variableName = /^[A-Za-z][A-Za-z0-9_]{0,127}$/;

const container = group({
  image: imageShape,
  port: numeric({ from: 1, to: 65_535, example: 8080 }),
  healthPath: text({
    allowed: 'a path that starts with / is allowed',
    example: '/health',
    pattern: /^\/[\w!$&'()*+,./:;=@~%?-]{0,1023}$/,
  }),
  environment: record(variableName, text({ allowed: 'text is allowed', example: 'info', pattern: /^/ }), {
    what: 'environment variables',
    example: { LOG_LEVEL: 'info' },
  }),
  secrets: record(
    variableName,
    text({
      allowed: 'the complete ARN of a secret in Secrets Manager, with the six characters at its end, is allowed',
      hidden: true,
      example: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:payments-AbCdEf',
      pattern: /^arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]{1,512}-[A-Za-z0-9]{6}$/,
    }),
    { what: 'secrets', example: { PAYMENT_KEY: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:payments-AbCdEf' } },
  ),
});

const clock = (example: string) =>
  text({ allowed: 'a time of day such as 22:00 is allowed', example, pattern: /^([01]\d|2[0-3]):[0-5]\d$/ });

const night = group(
  {
    stopAt: clock('22:00'),
    startAt: clock('06:00'),
    timeZone: text({ allowed: 'an IANA time zone is allowed', example: 'Europe/Berlin', accepts: isTimeZone }),
  },
  { required: ['stopAt', 'startAt', 'timeZone'] },
);

const moment = (example: string) =>
  text({ allowed: 'a time in ISO 8601 with an offset or Z is allowed', example, accepts: isTime });

const drop = group(
  { from: moment('2030-11-29T08:45:00Z'), to: moment('2030-11-29T12:00:00Z'), tasks: tasks(8) },
  { required: ['from', 'to', 'tasks'] },
);

const files = group({
  signingPublicKey: text({
    allowed: 'a public key in PEM, RSA of 2048 bits or ECDSA P-256, is allowed',
    hidden: true,
    example: '-----BEGIN PUBLIC KEY-----\n...\n-----END PUBLIC KEY-----\n',
    accepts: isSigningKey,
  }),
  uploadOrigins: list(
    text({
      allowed: 'an origin, without a path, is allowed',
      example: 'https://shop.example.com',
      pattern: /^https?:\/\/(\*\.)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:\d{1,5})?$/,
    }),
    { from: 1, to: 20, what: 'origins', example: ['https://shop.example.com'] },
  ),
});

const budget = group({
  usdPerMonth: numeric({ from: 1, to: 1_000_000, example: 100, unit: 'USD a month', whole: false }),
  costTag: text({
    allowed: 'a cost allocation tag as key$value is allowed',
    example: 'user:Store$acme',
    pattern: /^[\w .:/=+@-]{1,128}\$[\w .:/=+@-]{1,256}$/,
  }),
});

/** `region` is needed as well, but without it the rest can still be judged: `loadStoreConfig` asks for it. */
export const storeShape = group({
  region: oneOf(regionNames, 'us-east-1', 'a commercial region of AWS, such as us-east-1 or eu-west-1, is allowed'),
  tier: oneOf(tierNames, 'small'),
  production: flag(true),
  alarmEmail: text({
    allowed: 'an e-mail address is allowed',
    example: 'ops@example.com',
    pattern: /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/,
  }),
  alarmActions: flag(true),
  zones: either(
    numeric({ from: limits.zones.least, to: limits.zones.most, example: 3 }),
    (value) => typeof value === 'number',
    zoneNames,
  ),
  cidr: text({
    allowed: `a private range from /${limits.vpcPrefix.largest} to /${limits.vpcPrefix.smallest} is allowed: nine subnets must fit`,
    example: '10.0.0.0/16',
    accepts: isVpcCidr,
  }),
  vpc,
  cloudFrontPrefixList: text({
    allowed: 'the id of a managed prefix list is allowed',
    example: 'pl-3b927c52',
    pattern: /^pl-([0-9a-f]{8}|[0-9a-f]{17})$/,
  }),
  domain,
  servicesImage: imageShape,
  container,
  postgres: oneOf(postgresMajors, '18'),
  restoreFromSnapshot: text({
    allowed: 'the name or ARN of an RDS snapshot is allowed',
    example: 'acme-before-move',
    pattern: /^(arn:aws:rds:[a-z0-9-]+:\d{12}:snapshot:)?((rds|awsbackup):)?[A-Za-z](-?[A-Za-z0-9]){0,254}$/,
  }),
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
  acceptRisk: text({
    allowed: 'a reason of 10 to 500 characters is allowed',
    example: 'rebuilt from scratch every night',
    pattern: /^\s*\S.{8,498}\S\s*$/,
  }),
  ...sizeOverrides,
});

export type StoreSettings = ShapeOf<typeof storeShape>;
