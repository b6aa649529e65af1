import { statefulTypes } from '../../../lib/template/stateful-resources';
import { resourceSpecs } from '../../support/resource-specs';
import { between, effectsOf, review } from './few-resources';

/** Of each of the others a change has its own rule, or is not judged. */
const statefulOtherwise: Readonly<Record<string, string>> = {
  'AWS::CloudFormation::Stack': 'a nested stack: what is in it stands in another template',
  'AWS::DocDB::DBInstance': 'the data is the cluster’s',
  'AWS::EMR::Cluster': 'not judged',
  'AWS::ElastiCache::CacheCluster': 'a cache, which may be lost',
  'AWS::ElastiCache::ReplicationGroup': 'a cache, which may be lost: rules/cache.ts',
  'AWS::Logs::LogGroup': 'rules/storage-and-keys.ts tells which logs are deleted',
  'AWS::Neptune::DBInstance': 'the data is the cluster’s',
  'AWS::Organizations::Account': 'not judged',
};

test('what CloudFormation’s specification calls stateful is known as such, or has its reason', () => {
  const types = resourceSpecs().flatMap(({ cloudFormationType, isStateful }) => (isStateful ? [cloudFormationType] : []));
  expect(types.length).toBeGreaterThan(25);
  expect(types.filter((type) => !statefulTypes.includes(type) && statefulOtherwise[type] === undefined)).toEqual([]);
});

const opaque = [
  'AWS::CloudFormation::Stack',
  'Custom::Import',
  'AWS::MemoryDB::Cluster',
  'AWS::DSQL::Cluster',
  'AWS::Cassandra::Table',
];

test.each(opaque)('%s is not judged, whether it comes, goes or changes', (Type) => {
  const [one, other] = [{ It: { Type, Properties: { A: 1 } } }, { It: { Type, Properties: { A: 2 } } }];
  const [name, short] = ['It', Type.split('::').slice(-2).join(' ')];

  expect(effectsOf(review({}, one))).toEqual([`not judged ${short} ${name} is added: there is no rule for it`]);
  expect(effectsOf(review(one, {}))).toEqual([`not judged ${short} ${name} is removed: there is no rule for it`]);
  expect(effectsOf(review(one, other))).toEqual([`not judged ${short} ${name}: there is no rule for A`]);
});

const mapped = (gb: number, name: 'Mappings' | 'Conditions' = 'Mappings') => ({
  [name]: { Sizes: { medium: { gb } } },
  Resources: {},
});

test.each([
  [
    'another mapping',
    mapped(100),
    mapped(20),
    ['not judged mapping Sizes changes: what it does to the resources that use it is not compared'],
  ],
  [
    'another condition',
    mapped(1, 'Conditions'),
    mapped(2, 'Conditions'),
    ['not judged condition Sizes changes: what it does to the resources that use it is not compared'],
  ],
  ['the same mapping', mapped(100), mapped(100), []],
  ['a new mapping', { Resources: {} }, mapped(100), []],
])('%s', (_, from, to, effects) => {
  expect(effectsOf(between(from, to))).toEqual(effects);
});
