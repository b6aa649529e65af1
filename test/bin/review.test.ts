import { one, type Resources } from '../review/cost/bill-of';
import { database, failure, reviewsIn, run, runWith } from './review/run-review';

/** An assumption of the small size. */
const assumed = (...argv: string[]) =>
  reviewsIn(run('--json', '--tier', 'small', ...argv))[0]?.capacity.assumptions.find(({ name }) => name === 'readsPerWrite');

/** Whose price nobody has found for Ireland. */
const copies = (): Resources => ({
  ...one('AWS::Backup::BackupPlan'),
  Bucket: { Type: 'AWS::S3::Bucket' },
  Selection: {
    Type: 'AWS::Backup::BackupSelection',
    Properties: { BackupPlanId: { Ref: 'It' }, BackupSelection: { Resources: [{ Ref: 'Bucket' }] } },
  },
});

describe('npm start', () => {
  it('compares the four sizes in us-east-1', () => {
    const { code, out, configs } = run();

    expect(code).toBe(0);
    expect(out).toMatch(/small +medium +large +enterprise/);
    expect(configs.map(({ tier, region }) => [tier, region])).toEqual([
      ['small', 'us-east-1'],
      ['medium', 'us-east-1'],
      ['large', 'us-east-1'],
      ['enterprise', 'us-east-1'],
    ]);
  });

  it('says once what is read under a former name', () => {
    const stores = { shop: { region: 'us-east-1', container: { image: 'ghcr.io/acme/api:1.0.0' } } };
    const { code, error } = runWith({ stores }, '--store', 'shop');

    expect(code).toBe(0);
    expect(error.split('`container` is now `app.api`')).toHaveLength(2);
  });

  it('--tier shows the lines of one size', () => {
    const { out, configs } = run('--tier', 'medium');

    expect(configs).toHaveLength(1);
    expect(out).toContain('public IPv4 address  Eip1');
  });

  it('--region takes the prices of another region', () => {
    expect(run('--region', 'eu-west-1', '--no-page').out).toContain('Store review · eu-west-1');
  });

  it('--json gives every figure', () => {
    const [small] = reviewsIn(run('--json'));

    expect(small).toMatchObject({
      name: 'small',
      total: { fixedUsdPerMonth: 3.65 },
      lines: [{ resource: 'Eip0', unitUsd: 0.005 }],
    });
  });

  it('--markdown gives a table for a CI job', () => {
    expect(run('--markdown').out).toContain('|  | small | medium | large | enterprise |');
  });

  it('writes the page beside the overview, with all twelve changes', () => {
    const { out, written } = runWith({ resources: database });

    expect(out).toContain('Page  review/index.html');
    expect(Object.keys(written)).toEqual(['review/index.html']);
    expect(written['review/index.html']).toMatch(/^<!doctype html>/i);
    expect(written['review/index.html']).toContain('enterprise → small');
  });

  it.each([
    ['--no-page', ['--no-page']],
    ['--tier', ['--tier', 'small']],
    ['--json', ['--json']],
    ['--markdown', ['--markdown']],
    ['--changes', ['--changes']],
  ])('writes no page with %s', (_, argv) => {
    expect(run(...argv)).toMatchObject({ code: 0, written: {} });
  });

  it('writes the page where asked', () => {
    expect(Object.keys(run('--tier', 'small', '--page', 'out/small.html').written)).toEqual(['out/small.html']);
  });

  it('says in one line where the page cannot be written', () => {
    const { code, error } = runWith({ files: { 'x/y.html': failure('ENOTDIR') } }, '--tier', 'small', '--page', 'x/y.html');

    expect({ code, error }).toEqual({
      code: 1,
      error: 'error: x/y.html cannot be written: a file is where a folder must be\n',
    });
  });

  it('--findings runs cdk-nag, says so, and shows what it found', () => {
    const { out, error } = run('--tier', 'small', '--findings');

    expect(error).toBe("Checking small with cdk-nag and AWS's validation …\n");
    expect(out).toContain('pack for small: 0 open');
  });

  it('--assume changes an assumption of the capacity', () => {
    expect(assumed('--assume', 'cdnHitRate=0.9', '--assume', 'readsPerWrite=20')).toMatchObject({ value: 20, overridden: true });
    expect(assumed()).toMatchObject({ value: 10, overridden: false });
  });

  describe('--usage', () => {
    const cdn = { resources: () => one('AWS::CloudFront::Distribution') };
    const reviewIn = (...argv: string[]) => reviewsIn(runWith(cdn, '--json', '--tier', 'medium', ...argv))[0];

    it('is the month of the bill and of what the store has to bear', () => {
      const own = reviewIn('--usage', 'orders=3k,cdnGbOut=2TB');
      expect(own?.usage).toMatchObject({ orders: 3_000, cdnGbOut: 2_000 });
      expect(own?.lines.find(({ label }) => label === 'data to viewers')?.usdPerMonth).toBeCloseTo((2_000 - 1_024) * 0.085);
      expect(own?.serves).toMatchObject({ ordersPerMonth: 3_000, source: 'the store’s own month (usage)' });
      expect(own?.assumptions.find(({ name }) => name === 'cdnGbOut')).toMatchObject({ given: true });
    });

    it('and --assume change bill and capacity alike', () => {
      const [plain, changed] = [reviewIn(), reviewIn('--assume', 'cdnHitRate=0.9')];
      expect(changed?.usage.apiRequests).toBeCloseTo((plain?.usage.cdnRequests ?? 0) / 10);
      expect(changed?.total.usdPerMonth).toBeLessThan(plain?.total.usdPerMonth ?? 0);
    });

    it('may be a month without orders or visits', () => {
      const { out, code } = runWith(cdn, '--tier', 'medium', '--usage', 'orders=0,visits=0');
      expect(code).toBe(0);
      expect(out).not.toMatch(/NaN|Infinity/);
    });
  });

  it('--help tells the options and reviews nothing', () => {
    const { code, out, configs } = run('--help');

    expect(code).toBe(0);
    expect(out).toContain('--max-usd');
    expect(configs).toEqual([]);
  });
});

describe('npm start -- --store', () => {
  it('takes the settings of that store in every size, whatever size it pins', () => {
    const { code, configs } = run('--store', 'acme');

    expect(code).toBe(0);
    expect(configs.map(({ name, tier, region }) => `${name} ${tier} ${region}`)).toEqual([
      'acme small eu-west-1',
      'acme medium eu-west-1',
      'acme large eu-west-1',
      'acme enterprise eu-west-1',
    ]);
  });

  it('shows the store in another region where asked', () => {
    expect(run('--store', 'acme', '--region', 'us-east-1', '--tier', 'small').configs).toMatchObject([{ region: 'us-east-1' }]);
  });

  it('says which prices it has for a store elsewhere', () => {
    expect(run('--store', 'far')).toMatchObject({
      code: 1,
      out: '',
      error:
        'error: there are prices for us-east-1, ap-northeast-1, ap-southeast-1, eu-central-1, eu-west-1, us-east-2, us-west-2, not for sa-east-1; use --region, or download them: npm run prices:refresh -- --region sa-east-1\n',
    });
  });

  it.each([
    ['is near', 'acmee', 'cdk.json has no store "acmee"; did you mean --store acme?'],
    ['is not near', 'elsewhere', 'cdk.json has no store "elsewhere"; use --store acme or --store bold or --store far'],
    ['every object has', 'constructor', 'cdk.json has no store "constructor"; use --store acme or --store bold or --store far'],
  ])('refuses a store that cdk.json does not have, with the option to write, for a name that %s', (_, name, message) => {
    expect(run('--store', name)).toMatchObject({ code: 1, out: '', error: `error: ${message}\n`, configs: [] });
  });

  it('tells the reason of an accepted risk', () => {
    const risk =
      /stores\.bold\.database\.multiAz is false \(required: every size requires a standby in a second zone\): one demo a week/;

    expect(run('--store', 'bold', '--tier', 'medium').out.replaceAll('\n', ' ')).toMatch(risk);
  });
});

test('sizes that a store’s settings do not go with are left out, with the reason', () => {
  const { code, out, error } = runWith({ stores: { two: { region: 'us-east-1', zones: 2 } } }, '--store', 'two', '--no-page');

  expect(code).toBe(0);
  expect(out.split('\n')[2]?.trim().split(/ +/)).toEqual(['small', 'medium']);
  expect(error).toMatch(/^Skipped: Store "two" cannot be deployed as "large"/);
});

describe('npm start -- --max-usd', () => {
  it('holds to the cent', () => {
    expect(run('--tier', 'small', '--max-usd', '3.65').code).toBe(0);
    expect(run('--tier', 'small', '--max-usd', '3.64').code).toBe(1);
  });

  it('passes below the limit', () => {
    expect(run('--tier', 'small', '--max-usd', '4')).toMatchObject({ code: 0, error: '' });
  });

  it('fails above it, with a line that says so, and reports all the same', () => {
    const { code, out, error } = run('--max-usd', '10'); // one address costs 3.65, four 14.60

    expect(code).toBe(1);
    expect(out).toContain('Store review');
    expect(error).toBe(
      'large costs 15 USD a month, over the limit of 10\nenterprise costs 15 USD a month, over the limit of 10\n',
    );
  });

  it('fails where prices are missing, with a line that names them', () => {
    expect(runWith({ resources: copies }, '--tier', 'medium', '--region', 'ap-northeast-1', '--max-usd', '10')).toMatchObject({
      code: 1,
      error:
        'medium costs 9.45 USD a month or more; whether it stays within 10 is not known: prices are missing in ap-northeast-1: backup.s3\n',
    });
  });
});

describe('npm start with a wrong option', () => {
  it.each([
    ['a size', ['--tier', 'huge'], /'huge' is invalid\. Allowed choices are small, medium, large, enterprise/],
    ['a region', ['--region', 'mars'], /'mars' is invalid\. Allowed choices are us-east-1, ap-northeast-1/],
    ['an option', ['--colour', 'x'], /unknown option '--colour'/],
    ['an amount', ['--max-usd', '-1'], /an amount of USD above 0/],
    ['two formats', ['--json', '--markdown'], /cannot be used with/],
    ['an assumption', ['--assume', 'hitRate=2'], /hitRate/],
    ['all figures of a month', ['--usage', 'order=3,pictures=x'], /"order" is not a figure.+; pictures must be a number/],
    ['two subjects', ['--tier', 'small', '--from', 'small'], /cannot be used with/],
    ['a table of changes in Markdown', ['--changes', '--markdown'], /cannot be used with/],
    ['a limit of a change', ['--from', 'small', '--to', 'large', '--max-usd', '9'], /cannot be used with/],
    ['a word too many', ['medium'], /too many arguments/],
  ])('names %s in one clear line and exits with 1', (_, argv, message) => {
    const { code, out, error, configs } = run(...argv);

    expect(code).toBe(1);
    expect(out).toBe('');
    expect(error).toMatch(message);
    expect(error.trim().split('\n')).toHaveLength(1);
    expect(configs).toEqual([]);
  });
});
