import { tierNames } from '../lib/tiers/tier';
import { blankAssetHashes } from './support/blank-asset-hashes';
import { templateOf } from './support/stores';

expect.addSnapshotSerializer(blankAssetHashes);

test.each(tierNames)('the template of the %s size is the one that was reviewed', (tier) => {
  expect(templateOf(tier)).toMatchSnapshot();
});
