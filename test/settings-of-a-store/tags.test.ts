import { ChangeReviewer } from '../../lib/review/change/review-change';
import { templateOf } from '../support/stores';

const tagged = (commit: string) => templateOf('medium', { tags: { team: 'shop', commit } });
const withText = (text: string) =>
  Object.entries(tagged('one').Resources)
    .filter(([, resource]) => JSON.stringify(resource).includes(text))
    .map(([id]) => id);

test('tags of a store are on all that has the store’s own tag, and on nothing else', () => {
  const own = withText('"Key":"store"').concat(withText('"store":"shop"'));
  const theirs = withText('"Key":"team"').concat(withText('"team":"shop"'));
  expect(own.length).toBeGreaterThan(50);
  expect(theirs.toSorted()).toEqual(own.toSorted());
});

test('a tag that changes replaces nothing, interrupts nothing and leaves the VPC origin alone', () => {
  const { verdict, blocks, dataAtRisk } = new ChangeReviewer().review({
    from: { name: 'before', template: tagged('one') },
    to: { name: 'after', template: tagged('two') },
    deploy: 'npx cdk deploy --context tier=medium',
  });
  expect({ verdict, blocks, dataAtRisk }).toEqual({ verdict: 'safe', blocks: [], dataAtRisk: [] });
  const origin = Object.values(tagged('one').Resources).filter(({ Type }) => Type === 'AWS::CloudFront::VpcOrigin');
  expect(origin).toHaveLength(1);
  expect(JSON.stringify(origin)).not.toContain('team');
});
