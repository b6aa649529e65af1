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
    name: 'constructs-know-cdk-contract-facts-and-types-of-config',
    from: '^lib/constructs',
    to: '^(?!lib/constructs|lib/config/store-config|lib/facts|services/(contract|bundle)|node_modules/(aws-cdk-lib|constructs))',
  },
  { name: 'review-is-pure', from: '^lib/review', to: '^(?!lib/(review|facts|tiers|config/store-config)|alarms)' },
  { name: 'services-know-no-stack', from: '^services', to: '^(lib|alarms|bin|node_modules/(aws-cdk-lib|constructs))' },
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
