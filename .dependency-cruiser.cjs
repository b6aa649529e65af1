/** Who may import whom: a rule for each row of .ci/folders.cjs, and a few that name one file or package. */
const { folders } = require('./.ci/folders.cjs');

const escaped = (path) => path.replaceAll(/[.+]/g, '\\$&');
const anyOf = (patterns) => `(${patterns.join('|')})`;

/** Paths below a folder, without those of folders that have a row of their own. */
function inside(folder) {
  const own = folders.map((row) => row.folder).filter((other) => other !== folder && other.startsWith(folder));
  const without = own.map((other) => escaped(other.slice(folder.length)));
  return `^${escaped(folder)}${without.length > 0 ? `(?!${without.join('|')})` : ''}`;
}

const ruleOf = ({ folder, mayImport, packages }) => ({
  name: `${folder.replaceAll('/', '-')}imports-only-what-its-row-says`,
  from: inside(folder),
  to: `^(?!${anyOf([
    inside(folder).slice(1),
    ...mayImport.map(escaped),
    ...(packages
      ? packages.map((name) => `node_modules/(@types/)?${escaped(name)}/`)
      : ['node_modules/(?!(aws-cdk-lib|constructs|cdk-nag)/)']),
  ])})`,
});

const further = [
  {
    name: 'alarm-set-and-dashboards-alone-know-the-cdk',
    from: '^alarms/(?!alarm-set|metric-of|dashboards)',
    to: '^(node_modules/(aws-cdk-lib|constructs)/|alarms/(alarm-set|metric-of|dashboards))',
  },
  { name: 'only-the-page-draws', from: '^lib/review/output/(?!page/)', to: '^node_modules/echarts/' },
  { name: 'only-commands-ask-aws', from: '^lib/(?!deployed|prices)', to: '^lib/(deployed|prices/(?!listings))' },
  ...['cost', 'capacity', 'change', 'protection', 'alarm-coverage'].map((aspect) => ({
    name: `${aspect}-knows-no-other-aspect`,
    from: `^lib/review/${aspect}/`,
    to: `^lib/review/(?!${aspect}/)(cost|capacity|change|protection|alarm-coverage|output)/`,
  })),
  { name: 'nobody-imports-tests', from: '^(bin|lib|services|alarms|bench)', to: '^test' },
  { name: 'nobody-but-tests-and-benchmarks-imports-bin', from: '^(lib|services|alarms)', to: '^bin' },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...[...folders.map(ruleOf), ...further].map(({ name, from, to }) => ({
      name,
      severity: 'error',
      from: { path: from },
      to: { path: to, dependencyTypesNot: ['core'] },
    })),
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^(lib|services|alarms)', pathNot: ['services/contract', '\\.d\\.ts$'] },
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
