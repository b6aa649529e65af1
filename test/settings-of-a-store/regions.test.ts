import { catalogue } from '../../alarms/catalogue/catalogue';
import { budgetType, knowsResourceType, regionFacts, regionNames, withoutBudget } from '../../lib/facts/regions';
import { reviewSize } from '../../lib/review/review-size';
import { comparisonNotes } from '../../lib/review/text/notes';
import { storeConfig, templateOf } from '../support/stores';

const region = 'eu-central-2';
const settings = { region, cloudFrontPrefixList: 'pl-0123456789abcdef0' };
const noticesOf = (name: string) => catalogue(storeConfig('small', { ...settings, region: name })).notices.map(({ id }) => id);
const typesOf = (template: ReturnType<typeof templateOf>) => new Set(Object.values(template.Resources).map(({ Type }) => Type));

test.each(regionNames.filter((name) => regionFacts(name)?.unknownResourceTypes !== undefined))(
  'a store in %s has no resource of a type that CloudFormation does not know there',
  (name) => {
    const types = [...typesOf(templateOf('small', { ...settings, region: name }))];
    expect(types.length).toBeGreaterThan(30);
    expect(types.filter((type) => !knowsResourceType(name, type))).toEqual([]);
  },
);

describe('a store without an AWS budget', () => {
  it('leaves nothing else out', () => {
    const elsewhere = typesOf(templateOf('small', { ...settings, region: 'eu-west-1' }));
    const here = typesOf(templateOf('small', settings));
    expect([...elsewhere].filter((type) => !here.has(type) && type !== 'AWS::CloudFront::DistributionConfig')).toEqual([
      budgetType,
    ]);
  });

  it('is told to make one, once, under the review of its sizes', () => {
    const reviews = (['small', 'medium'] as const).map((tier) =>
      reviewSize(storeConfig(tier, settings), templateOf(tier, settings)),
    );
    expect(comparisonNotes(reviews).filter((note) => note.includes(budgetType))).toEqual([withoutBudget(region)]);
    expect(withoutBudget(region)).toContain(`CloudFormation in ${region} does not know AWS::Budgets::Budget`);
  });

  it('promises no notice of it', () => {
    expect(noticesOf('eu-west-1')).toContain('budget');
    expect(noticesOf(region)).not.toContain('budget');
  });
});
