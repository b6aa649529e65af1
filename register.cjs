/** Preloaded by every command: TypeScript by tsx for the project's own files alone, and V8's code kept between runs. */
require('./require-node.cjs');
const nodeModule = require('node:module');
const path = require('node:path');

nodeModule.enableCompileCache(path.join(__dirname, '.build', 'compile-cache'));

// tsx looks into every file that is required, packages included: a fifth of a second for the CDK's thousand files.
const asNodeDoes = require.extensions['.js'];
require('tsx/cjs');
const asTsxDoes = require.extensions['.js'];
require.extensions['.js'] = (module, file) =>
  (file.includes(`${path.sep}node_modules${path.sep}`) ? asNodeDoes : asTsxDoes)(module, file);
