import { reviewSaved } from '../../lib/review/review-size';
import { tierNames } from '../../lib/tiers/tier';
import { reviewedTemplate } from '../support/reviewed-templates';

/** A measurement with which every size meets what the documents require, so that only what is unknown leaves it open. */
const assume = { apiCpuMicroseconds: 655 };

/** The small store as it was saved, with resources that a team added. */
const withAdditions = (added: Readonly<Record<string, object>>) => {
  const { Resources, Outputs } = reviewedTemplate('small');
  return reviewSaved({
    name: 'deployed.json',
    template: { Resources: { ...Resources, ...added } as never, Outputs },
    region: 'us-east-1',
    tier: 'small',
    assume,
  });
};

const verdictsOf = ({ capacity }: ReturnType<typeof withAdditions>) => new Set(capacity.demands.map(({ verdict }) => verdict));

test.each(tierNames)('nothing of the %s size is left open', (tier) => {
  const review = reviewSaved({ name: tier, template: reviewedTemplate(tier), region: 'us-east-1', tier, assume });
  const { costIsAtLeast, unknownValues, capacity, protection } = review;

  expect({ costIsAtLeast, unknownValues }).toEqual({ costIsAtLeast: false, unknownValues: [] });
  expect({ complete: capacity.complete, notExamined: capacity.notExamined }).toEqual({ complete: true, notExamined: [] });
  expect(verdictsOf(review)).toEqual(new Set(['holds']));
  expect(protection.rows.filter(({ verdict }) => verdict === 'not known')).toEqual([]);
});

test('a type that nobody has priced makes the costs the least, and leaves budget and demands open', () => {
  const review = withAdditions({ Wishlists: { Type: 'AWS::DynamoDB::Table' } });

  expect(review).toMatchObject({ costIsAtLeast: true, unpricedTypes: [{ type: 'AWS::DynamoDB::Table', resources: 1 }] });
  expect(review.budget?.verdict).toBe('incomplete');
  expect(verdictsOf(review)).toEqual(new Set(['not known']));
});

test('a value that only AWS knows makes the costs the least', () => {
  const review = withAdditions({ More: { Type: 'AWS::EC2::NatGateway', Condition: 'Busy' } });

  expect(review).toMatchObject({ costIsAtLeast: true, unknownValues: [{ resource: 'More', property: 'Condition' }] });
  expect(review.total).toEqual(withAdditions({}).total);
});

test('a service that a team added leaves every demand open, and the rest as it was', () => {
  const review = withAdditions({ Search: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: 'search:1' } } });

  expect(review.capacity.notExamined).toMatchObject([{ resource: 'Search', type: 'AWS::ECS::Service' }]);
  expect(verdictsOf(review)).toEqual(new Set(['not known']));
  expect(review.capacity.bottleneck?.id).toBe(withAdditions({}).capacity.bottleneck?.id);
});
