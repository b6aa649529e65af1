/** The template of each example's store in small and large, for cfn-lint. Takes the folder that they are written to. */
require('../register.cjs');
const fs = require('node:fs');
const path = require('node:path');
const { loadStoreConfig } = require('../lib/config/load-store-config.ts');
const { synthesize } = require('../lib/synthesize.ts');

const folder = process.argv[2];
const examples = path.join(__dirname, '../examples');
fs.mkdirSync(folder, { recursive: true });
for (const file of fs.globSync('*/check.json', { cwd: examples })) {
  const { store } = JSON.parse(fs.readFileSync(path.join(examples, file), 'utf8'));
  for (const tier of ['small', 'large']) {
    const config = loadStoreConfig({ tier, stores: { shop: { region: 'us-east-1', ...store } } }, { now: new Date() });
    const name = `${path.dirname(file)}-${tier}.template.json`;
    fs.writeFileSync(path.join(folder, name), JSON.stringify(synthesize(config), null, 1));
  }
}
