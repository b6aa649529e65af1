import { one, type Resources } from '../../review/cost/bill-of';
import { reportIn, run, runWith } from './run-review';

const database = (DBInstanceClass: string): Resources =>
  one('AWS::RDS::DBInstance', { DBInstanceClass, Engine: 'postgres', AllocatedStorage: '20', StorageType: 'gp3' });
const cdn: Resources = { Cdn: { Type: 'AWS::CloudFront::Distribution' } };

/** In small a database alone; in larger ones a larger one behind a CDN. */
const bySize = {
  resources: ({ tier }: { readonly tier: string }) => ({
    ...database(tier === 'small' ? 'db.t4g.micro' : 'db.t4g.medium'),
    ...(tier !== 'small' && cdn),
  }),
};

describe('npm start -- --compare', () => {
  it('tells each line that differs, and whether it is new, or of another quantity or price', () => {
    const { comparison } = reportIn(runWith(bySize, '--json', '--compare', 'small', 'medium'));
    const [instance] = comparison?.lines.filter(({ label }) => label.startsWith('db.t4g.medium')) ?? [];
    // 0.016 and 0.065 USD an hour, × 730: all of it is the price.
    expect(instance?.before).toBeCloseTo(11.68);
    expect(instance?.after).toBeCloseTo(47.45);
    expect([instance?.byQuantity, instance?.byPrice]).toEqual([0, expect.closeTo(35.77)]);
    const https = comparison?.lines.find(({ label }) => label === 'HTTPS requests');
    expect(https?.after).toBeCloseTo(12.5); // (22,500,000 − 10,000,000) × 0.01 ÷ 10,000
    expect([https?.before, https?.byQuantity]).toEqual([undefined, undefined]);
  });

  it('compares two months of one size, and names the figures', () => {
    const { out, code } = runWith(bySize, '--compare', 'medium:cdnRequests=30M', 'medium:cdnRequests=50M');
    expect(code).toBe(0);
    expect(out).toMatch(/HTTPS requests +20\.00 +40\.00 +\+20/); // (30 M − 10 M) × 0.01 ÷ 10,000, and (50 M − 10 M)
    expect(out).toContain('cdnRequests 30,000,000');
    expect(out).toMatch(/^\d+ lines differ, \d+ are the same/m);
  });

  it('compares two stores of cdk.json, each in its size', () => {
    const stores = { one: { region: 'us-east-1', tier: 'small' }, two: { region: 'us-east-1' } };
    const { out } = runWith({ ...bySize, stores }, '--compare', 'one', 'two@medium', '--markdown');
    expect(out).toContain('|  | one | two@medium | difference |');
    expect(out).toMatch(/\| database \| db\.t4g\.medium[^|]* \| 11\.68 \| 47\.45 \| \+36 \|/);
  });

  it('--base compares a size with how a commit makes it', () => {
    const { out, error, code } = runWith(
      { ...bySize, commits: { main: database('db.t4g.micro') } },
      '--compare',
      'medium',
      '--base',
      'main',
    );
    expect({ code, error }).toEqual({ code: 0, error: 'Synthesising medium as main makes it …\n' });
    expect(out).toMatch(/^ +main +medium +difference$/m);
  });

  it('of two that are the same names no line', () => {
    expect(runWith(bySize, '--compare', 'medium', 'medium').out).toMatch(/^0 lines differ, \d+ are the same/m);
  });

  it.each([
    [['--compare', 'small'], /takes two sides, not 1: a size \(small/],
    [['--compare', 'small', 'medium', 'large'], /takes two sides, not 3/],
    [['--compare', 'small', 'medium', '--base', 'main'], /with --base takes one side, not 2/],
    [['--base', 'main'], /with --base takes one side, not 0/],
    [['--compare', 'small', 'shop@huge'], /shop@huge: "huge" is no size; allowed are small/],
    [['--compare', 'small', 'medium:order=3,users=x'], /medium:order=3,users=x: "order" is not a figure.+; users must be/],
    [['--compare', 'small', 'shop'], /cdk\.json has no size for it; write shop@medium/],
    [['--compare', 'small', ':orders=3'], /:orders=3: write a size/],
    [['--compare', 'medium', '--base', 'nowhere'], /nowhere: fatal: invalid reference: nowhere/],
    [['--compare', 'small', 'medium', '--from', 'small'], /cannot be used with/],
  ])('%j is refused in one line', (argv, message) => {
    const { code, out, error } = run(...argv);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error.split('\n').at(-2)).toMatch(message);
  });
});
