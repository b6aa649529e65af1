require('./require-node.cjs');

// The CDK and Jest itself are compiled once, not in each worker.
process.env.NODE_COMPILE_CACHE ??= `${__dirname}/.build/compile-cache`;

// AWS's template validation costs seconds a synthesis: test/nag/findings.test.ts turns it on.
process.env.CDK_VALIDATION = 'false';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  runtime: '<rootDir>/.ci/jest-runtime.cjs',
  // Jest's sandbox looks globals up slowly. Not Date and timers, which tests replace.
  sandboxInjectedGlobals: ['Array', 'Error', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Set', 'String', 'Symbol'],
  testTimeout: 60_000, // for a machine that is busy with something else; no test is meant to come near it
  maxWorkers: 3, // on two cores: suites of the services wait for their servers half of the time
  globalSetup: '<rootDir>/test/support/set-up-run.ts',
  modulePathIgnorePatterns: ['<rootDir>/.build/rehearsal/', '<rootDir>/examples/'], // a copy of the project, and apps with packages of their own
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' } }] },
  reporters: ['default', '<rootDir>/.ci/closing-line.cjs'],
};
