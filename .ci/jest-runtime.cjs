const { default: Runtime } = require('jest-runtime');

/** What takes long to load and keeps no state between two apps. */
const loadedOnce = /^(aws-cdk-lib|constructs|@aws-cdk\/cloudformation-diff)(\/|$)/;

/** AWS's validation reads the environment, prints, and sets the exit code of its process: its tests have a CDK of their own. */
const withTheirOwn = /[\\/]test[\\/]nag[\\/]/;

/** Loads the CDK once a worker. Jest would load it anew for each test file, which takes over a second. */
module.exports = class RuntimeWithOneCdk extends Runtime {
  constructor(...given) {
    super(...given);
    const testPath = given[6];
    this.sharesTheCdk = !withTheirOwn.test(testPath);
  }

  requireModuleOrMock(from, moduleName) {
    const shared = this.sharesTheCdk && loadedOnce.test(moduleName);
    return shared ? require(moduleName) : super.requireModuleOrMock(from, moduleName);
  }
};
