const { default: Runtime } = require('jest-runtime');

/** What takes long to load, keeps no state between two tests, and needs no clock of a test. */
const packages = [
  'aws-cdk-lib',
  'constructs',
  '@aws-cdk/cloudformation-diff',
  'cli-table3',
  'commander',
  'echarts',
  'fast-check',
  'stripe',
  'yaml',
  'zod',
  'zod-openapi',
];
const loadedOnce = new RegExp(`^(${packages.join('|')})(/|$)`);

/** AWS's validation reads the environment, prints, and sets the exit code of its process: its tests load everything themselves. */
const withTheirOwn = /[\\/]test[\\/]nag[\\/]/;

/** Loads these once a worker. Jest would load them anew for each test file; the CDK alone takes over a second. */
module.exports = class RuntimeWithSharedPackages extends Runtime {
  constructor(...given) {
    super(...given);
    const testPath = given[6];
    this.sharesPackages = !withTheirOwn.test(testPath);
  }

  requireModuleOrMock(from, moduleName) {
    const shared = this.sharesPackages && loadedOnce.test(moduleName);
    return shared ? require(moduleName) : super.requireModuleOrMock(from, moduleName);
  }
};
