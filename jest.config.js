require('./require-node.cjs');

// AWS's template validation costs seconds a synthesis: test/validation.test.ts turns it on, once.
process.env.CDK_VALIDATION = 'false';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  maxWorkers: 2, // of two cores jest would leave one to itself, which it does not need
  globalSetup: '<rootDir>/test/templates-of-a-run.ts',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' } }] },
  reporters: ['default', '<rootDir>/.ci/closing-line.cjs'],
};
