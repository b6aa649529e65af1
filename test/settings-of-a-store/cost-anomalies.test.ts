import { catalogue } from '../../alarms/catalogue/catalogue';
import { reviewSize } from '../../lib/review/review-size';
import { tierNames } from '../../lib/tiers/tier';
import { resourcesOf, storeConfig, templateOf } from '../support/stores';

const publisher = 'costalerts.amazonaws.com';
const settings = { costAnomalies: { fromUsd: 20 } };
const types = ['AWS::CE::AnomalyMonitor', 'AWS::CE::AnomalySubscription'];

const fromUsd = (budget: object, costAnomalies: object) => storeConfig('small', { budget, costAnomalies }).costAnomalies?.fromUsd;
const noticeIds = (given: Readonly<Record<string, unknown>>) =>
  catalogue(storeConfig('small', given)).notices.map(({ id }) => id);

describe.each(tierNames)('%s that is told of unusual costs', (tier) => {
  const template = templateOf(tier, settings);
  const plain = templateOf(tier);

  test('has a monitor and a subscription more, and nothing else', () => {
    const added = Object.entries(template.Resources).filter(([id]) => !(id in plain.Resources));
    expect(added.map(([, { Type }]) => Type).toSorted()).toEqual(types);
    expect(Object.keys(plain.Resources).filter((id) => !(id in template.Resources))).toEqual([]);
  });

  test('lets AWS Cost Anomaly Detection publish to its encrypted topics: by their policies and by their key', () => {
    const policies = resourcesOf(template, 'AWS::SNS::TopicPolicy');
    expect(policies.length).toBe(2);
    for (const [, { Properties }] of policies) expect(publishersOf(Properties.PolicyDocument)).toContain(publisher);
    for (const [, { Properties }] of resourcesOf(template, 'AWS::SNS::Topic')) {
      const key = template.Resources[Properties.KmsMasterKeyId['Fn::GetAtt'][0] as string];
      expect(publishersOf(key?.Properties.KeyPolicy)).toContain(publisher);
    }
  });

  test('pays nothing more, and has a price for both', () => {
    const [review, before] = [reviewSize(storeConfig(tier, settings), template), reviewSize(storeConfig(tier), plain)];
    expect(review.total).toEqual(before.total);
  });

  test('without the setting names the service nowhere', () => {
    expect(JSON.stringify(plain)).not.toMatch(/costalerts|AWS::CE::/);
  });
});

test('from a fifth of the monthly budget on, unless it says from what', () => {
  expect(fromUsd({}, {})).toBe(20);
  expect(fromUsd({ usdPerMonth: 3 }, {})).toBe(1);
  expect(fromUsd({ usdPerMonth: 260 }, {})).toBe(52);
  expect(fromUsd({ usdPerMonth: 260 }, { fromUsd: 7.5 })).toBe(7.5);
});

test('promises the notice', () => {
  expect(noticeIds(settings)).toContain('cost-anomaly');
  expect(noticeIds({})).not.toContain('cost-anomaly');
});

test('the owner’s tags, which may change, are not on what would be made anew by them', () => {
  const template = templateOf('small', { ...settings, tags: { team: 'shop' } });
  for (const type of types)
    for (const [, { Properties }] of resourcesOf(template, type)) {
      const keys = (Properties.ResourceTags as { readonly Key: string }[]).map(({ Key }) => Key);
      expect(keys.toSorted()).toEqual(['part', 'store']);
    }
});

function publishersOf(policy: {
  readonly Statement: readonly { readonly Effect: string; readonly Principal: { readonly Service?: string[] } }[];
}) {
  return policy.Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Principal }) => Principal.Service ?? []);
}
