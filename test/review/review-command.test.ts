import { main, type ReviewIo } from '../../bin/review';
import type { StoreConfig } from '../../lib/config/store-config';
import type { StoreReview } from '../../lib/review/store-review';
import { one, type Resources } from './bill-of';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  readonly configs: readonly StoreConfig[];
}

const stores = {
  acme: { region: 'eu-west-1', tier: 'small' },
  bold: { region: 'us-east-1', acceptRisk: 'one demo a week', database: { multiAz: false } },
  far: { region: 'ap-northeast-1' },
};

/** Runs the command on a template of as many addresses as the size has NAT gateways, and one. */
function run(...argv: string[]): Run {
  return runWith({}, ...argv);
}

/** The same with more resources in the template. */
function runWith(resources: Resources, ...argv: string[]): Run {
  let [out, error] = ['', ''];
  const configs: StoreConfig[] = [];
  const io: ReviewIo = {
    write: (text) => (out += text),
    writeError: (text) => (error += text),
    colour: false,
    seconds: () => 0.5,
    now: () => new Date('2026-11-20T12:00:00Z'),
    context: () => ({ stores }),
    synthesize: (config) => {
      configs.push(config);
      const addresses = Array.from({ length: 1 + config.network.natGateways }, (_, index) => [
        `Eip${index}`,
        { Type: 'AWS::EC2::EIP' },
      ]);
      return { Resources: { ...resources, ...(Object.fromEntries(addresses) as Resources) } };
    },
  };
  return { code: main(argv, io), out, error, configs };
}

function reviewsIn({ out }: Run): StoreReview[] {
  return (JSON.parse(out) as { reviews: StoreReview[] }).reviews;
}

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

  it('--tier shows the lines of one size', () => {
    const { out, configs } = run('--tier', 'medium');

    expect(configs).toHaveLength(1);
    expect(out).toContain('public IPv4 address  Eip1');
  });

  it('--region takes the prices of another region', () => {
    expect(run('--region', 'eu-west-1').out).toContain('Store review · eu-west-1');
  });

  it('--json gives every figure', () => {
    const [small] = reviewsIn(run('--json'));

    expect(small).toMatchObject({ name: 'small', total: { fixedUsd: 3.65 }, lines: [{ resource: 'Eip0', unitUsd: 0.005 }] });
  });

  it('--markdown gives a table for a CI job', () => {
    expect(run('--markdown').out).toContain('|  | small | medium | large | enterprise |');
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
      error: 'error: prices are known for us-east-1 and eu-west-1, not for ap-northeast-1; give --region\n',
    });
  });

  it.each([
    ['is near', 'acmee', 'cdk.json has no store "acmee"; did you mean --store acme?'],
    ['is not near', 'elsewhere', 'cdk.json has no store "elsewhere"; give --store acme or --store bold or --store far'],
    ['every object has', 'constructor', 'cdk.json has no store "constructor"; give --store acme or --store bold or --store far'],
  ])('refuses a store that cdk.json does not have, with the option to write, for a name that %s', (_, name, message) => {
    expect(run('--store', name)).toMatchObject({ code: 1, out: '', error: `error: ${message}\n`, configs: [] });
  });

  it('tells the reason of an accepted risk', () => {
    const risk =
      /stores\.bold\.database\.multiAz is false \(floor: a standby in a second zone is asked for in every size\): one demo a week/;

    expect(run('--store', 'bold', '--tier', 'medium').out.replaceAll('\n', ' ')).toMatch(risk);
  });
});

describe('npm start -- --max-usd', () => {
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

  it('fails where prices are missing, with a line that names them, since nobody knows the sum', () => {
    const copies = one('AWS::Backup::BackupPlan'); // whose price nobody has found for Ireland

    expect(runWith(copies, '--tier', 'medium', '--region', 'eu-west-1', '--max-usd', '10')).toMatchObject({
      code: 1,
      error:
        'medium costs 7.30 USD a month and more; the limit of 10 stays open, since prices are missing in eu-west-1: backup.rds\n',
    });
  });
});

describe('npm start with a wrong option', () => {
  it.each([
    ['a size', ['--tier', 'huge'], /'huge' is invalid\. Allowed choices are small, medium, large, enterprise/],
    ['a region', ['--region', 'mars'], /'mars' is invalid\. Allowed choices are us-east-1, eu-west-1/],
    ['an option', ['--sise', 'x'], /unknown option '--sise'/],
    ['an amount', ['--max-usd', '-1'], /an amount of USD above 0/],
    ['two formats', ['--json', '--markdown'], /cannot be used with/],
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
