import { withShortNames } from '../../../../lib/review/output/page/short-names';
import { realReview, reportOf, sampleChange } from './sample-report';

const small = realReview('small');
const reviewed = (...names: readonly string[]) =>
  withShortNames(reportOf(names.map((name) => Object.assign({}, small, { name })))).reviews.map(({ name }) => name);

describe('names on the page', () => {
  it('leave out the folders of a file', () => {
    expect(reviewed('cdk.out/Shop.template.json', 'small')).toEqual(['Shop.template.json', 'small']);
  });

  it('keep them where two files would be called the same', () => {
    expect(reviewed('a/template.json', 'b/template.json')).toEqual(['a/template.json', 'b/template.json']);
  });

  it('are the same where one store becomes cheaper than another', () => {
    const crossing = { orders: 800, from: 'out/old.json', to: undefined, reason: 'capacity', usdPerMonth: 98 } as const;
    const { crossings } = withShortNames(reportOf([{ ...small, name: 'out/old.json' }], { crossings: [crossing] }));
    expect(crossings).toEqual([{ ...crossing, from: 'old.json' }]);
  });

  it('are the same in a change as in its reviews', () => {
    const change = { ...sampleChange('small', 'medium'), from: 'out/old.json' };
    const { changes, reviews } = withShortNames(reportOf([{ ...small, name: 'out/old.json' }], { changes: [change] }));
    expect([changes[0]?.from, changes[0]?.to, reviews[0]?.name]).toEqual(['old.json', 'medium', 'old.json']);
  });
});
