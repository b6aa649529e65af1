import { main } from '../../bin/review';
import type { ReviewIo } from '../../bin/review/io';
import type { StoreConfig } from '../../lib/config/store-config';
import type { Report } from '../../lib/review/report';
import type { StoreReview } from '../../lib/review/store-review';
import { one, type Resources } from '../review/bill-of';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  readonly configs: readonly StoreConfig[];
  /** What was written, by path. */
  readonly written: Readonly<Record<string, string>>;
}

const stores = {
  acme: { region: 'eu-west-1', tier: 'small' },
  bold: { region: 'us-east-1', acceptRisk: 'one demo a week', database: { multiAz: false } },
  far: { region: 'ap-northeast-1' },
};

const failure = (code: string) => Object.assign(new Error(code), { code });

/** Runs the command on a template of as many addresses as the size has NAT gateways, and one. */
function run(...argv: string[]): Run {
  return runWith({}, ...argv);
}

interface Given {
  /** More resources in the template of each size. */
  readonly resources?: (config: StoreConfig) => Resources;
  /** Contents by path, or why it cannot be read. */
  readonly files?: Readonly<Record<string, string | Error>>;
  /** In cdk.json. */
  readonly stores?: Readonly<Record<string, unknown>>;
}

function runWith({ resources = () => ({}), files = {}, stores: inFile = stores }: Given, ...argv: string[]): Run {
  let [out, error] = ['', ''];
  const configs: StoreConfig[] = [];
  const written: Record<string, string> = {};
  const io: ReviewIo = {
    write: (text) => (out += text),
    writeError: (text) => (error += text),
    colour: false,
    seconds: () => 0.5,
    now: () => new Date('2026-11-20T12:00:00Z'),
    context: () => ({ stores: inFile }),
    synthesize: (config) => {
      configs.push(config);
      const addresses = Array.from({ length: 1 + config.network.natGateways }, (_, index) => [
        `Eip${index}`,
        { Type: 'AWS::EC2::EIP' },
      ]);
      return { Resources: { ...resources(config), ...(Object.fromEntries(addresses) as Resources) } };
    },
    findings: ({ tier }) => ({ packs: [{ name: `pack for ${tier}`, enforced: true, open: [] }], acknowledged: [] }),
    readFile: (path) => {
      const found = files[path] ?? failure('ENOENT');
      if (typeof found !== 'string') throw found;
      return found;
    },
    writeFile: (path, text) => {
      const there = files[path];
      if (there instanceof Error) throw there;
      written[path] = text;
    },
  };
  return { code: main(argv, io), out, error, configs, written };
}

function reportIn({ out }: Run): Report {
  return JSON.parse(out) as Report;
}

function reviewsIn(done: Run): readonly StoreReview[] {
  return reportIn(done).reviews;
}

/** A database whose storage is the size's. */
const database = ({ database: { storageGb, instanceClass } }: StoreConfig): Resources => ({
  Primary: {
    Type: 'AWS::RDS::DBInstance',
    DeletionPolicy: 'Snapshot',
    UpdateReplacePolicy: 'Snapshot',
    Properties: {
      DBInstanceClass: instanceClass,
      AllocatedStorage: String(storageGb),
      MultiAZ: true,
      StorageType: 'gp3',
      Engine: 'postgres',
      EngineVersion: '18',
      ...(storageGb >= 400 && { Iops: 12_000, StorageThroughput: 500 }),
    },
  },
});

/** An assumption of the small size. */
const assumed = (...argv: string[]) =>
  reviewsIn(run('--json', '--tier', 'small', ...argv))[0]?.capacity.assumptions.find(({ name }) => name === 'readsPerWrite');

/** Whose price nobody has found for Ireland. */
const copies = (): Resources => one('AWS::Backup::BackupPlan');

const change = (...argv: string[]): Run => runWith({ resources: database }, ...argv);

const foreign = `
Resources:
  Vpc: { Type: AWS::EC2::VPC }
  Address: { Type: AWS::EC2::EIP, Properties: { Tags: [{ Key: Name, Value: !Sub 'x-\${AWS::Region}' }] } }
  Game: { Type: AWS::GameLift::Fleet }
`;

const read = (text: string | Error, ...argv: string[]): Run =>
  runWith({ files: { 'other.yaml': text } }, '--template', 'other.yaml', ...argv);

/** A template of a small store, saved from AWS. */
const tagged = (store: string): string => {
  const { Primary } = database({ database: { storageGb: 20, instanceClass: 'db.t4g.micro' } } as StoreConfig);
  const Properties = { ...(Primary?.Properties as object), Tags: [{ Key: 'store', Value: store }] };
  return JSON.stringify({ Resources: { Primary: { ...Primary, Properties } }, Outputs: { Tier: { Value: 'small' } } });
};
/** From the saved template of a store to medium. */
const fromSaved = (store: string, ...argv: string[]) =>
  runWith({ resources: database, files: { 'saved.json': tagged(store) } }, '--from', 'saved.json', '--to', 'medium', ...argv);

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
    expect(run('--region', 'eu-west-1', '--no-page').out).toContain('Store review · eu-west-1');
  });

  it('--json gives every figure', () => {
    const [small] = reviewsIn(run('--json'));

    expect(small).toMatchObject({ name: 'small', total: { fixedUsd: 3.65 }, lines: [{ resource: 'Eip0', unitUsd: 0.005 }] });
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
      error: 'error: x/y.html cannot be written: a file stands where a folder has to be\n',
    });
  });

  it('--findings runs cdk-nag, says so, and shows what it found', () => {
    const { out, error } = run('--tier', 'small', '--findings');

    expect(error).toBe("Checking small with cdk-nag and AWS's validation …\n");
    expect(out).toContain('pack for small: 0 open');
  });

  it('--assume changes an assumption of the capacity', () => {
    expect(assumed('--assume', 'cdnHitRate=0.9', '--assume', 'readsPerWrite=20')).toMatchObject({ value: 20, set: true });
    expect(assumed()).toMatchObject({ value: 10, set: false });
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
        'error: prices are known for us-east-1 and eu-west-1, not for ap-northeast-1; give --region, or ask AWS for them: npm run prices:refresh -- --region ap-northeast-1\n',
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

test('sizes that a store’s settings do not go with are left out, with the reason', () => {
  const { code, out, error } = runWith({ stores: { two: { region: 'us-east-1', zones: 2 } } }, '--store', 'two', '--no-page');

  expect(code).toBe(0);
  expect(out.split('\n')[2]?.trim().split(/ +/)).toEqual(['small', 'medium']);
  expect(error).toMatch(/^Left out: Store "two" cannot be deployed as "large"/);
});

describe('npm start -- --max-usd', () => {
  it('stays open where nobody has priced a type', () => {
    const files = { 'other.yaml': foreign };

    expect(runWith({ files }, '--template', 'other.yaml', '--tier', 'small', '--max-usd', '99')).toMatchObject({
      code: 1,
      error:
        'other.yaml costs 3.65 USD a month and more; the limit of 99 stays open, since nobody has priced AWS::GameLift::Fleet\n',
    });
  });

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

  it('fails where prices are missing, with a line that names them, since nobody knows the sum', () => {
    expect(runWith({ resources: copies }, '--tier', 'medium', '--region', 'eu-west-1', '--max-usd', '10')).toMatchObject({
      code: 1,
      error:
        'medium costs 7.30 USD a month and more; the limit of 10 stays open, since prices are missing in eu-west-1: backup.rds\n',
    });
  });
});

describe('npm start -- --from --to', () => {
  it('judges a change of size, with the command that deploys it, and exits with 2 where it interrupts', () => {
    const { code, out, written } = change('--from', 'small', '--to', 'medium');

    expect(out).toMatch(/^small → medium {3}SAFE, WITH INTERRUPTION {3}\+[\d,]+ USD\/month {3}data at risk: none\n/);
    expect(out).toContain('Deploy   npx cdk deploy --context tier=medium\n');
    expect({ code, written }).toEqual({ code: 2, written: {} });
  });

  it('exits with 3 where it is blocked, with the line to write instead', () => {
    const { code, out } = change('--from', 'medium', '--to', 'small');

    expect(out).toContain('→ "database": { "storageGb": 100 }');
    expect(code).toBe(3);
  });

  it('says that a pinned size is meant to change', () => {
    expect(change('--store', 'acme', '--from', 'small', '--to', 'medium').out.replaceAll(/\n +/g, ' ')).toContain(
      'npx cdk deploy --context store=acme --context tier=medium --context changeTier=small:medium',
    );
  });

  it('says nothing of a pinned size that is asked for', () => {
    const [back] = reportIn(change('--store', 'acme', '--from', 'medium', '--to', 'small', '--json')).changes;

    expect(back?.deploy).toBe('npx cdk deploy --context store=acme --context tier=small');
  });

  it('compares with a template that was saved', () => {
    const deployed = {
      TemplateBody: { Resources: database({ database: { storageGb: 20, instanceClass: 'db.t4g.micro' } } as StoreConfig) },
    };
    const files = { 'deployed.json': JSON.stringify(deployed) };
    const { code, out } = runWith({ resources: database, files }, '--from', 'deployed.json', '--to', 'medium');

    expect(out).toMatch(/^deployed\.json → medium {3}SAFE, WITH INTERRUPTION/);
    expect(code).toBe(2);
  });

  describe('with a template whose tags name its store', () => {
    it('compares with the settings of that store in cdk.json, and deploys that store', () => {
      const { configs, out, error } = fromSaved('bold');

      expect(configs).toMatchObject([{ name: 'bold', database: { multiAz: false } }]);
      expect(out).toContain('npx cdk deploy --context store=bold --context tier=medium\n');
      expect(error).toBe('');
    });

    it('says where cdk.json has no such store', () => {
      const { configs, error } = fromSaved('gone');

      expect(configs).toMatchObject([{ name: 'gone', tier: 'medium' }]);
      expect(error).toBe('cdk.json has no store "gone": compared with one of that name and no settings\n');
    });

    it('refuses another store', () => {
      expect(fromSaved('bold', '--store', 'acme')).toMatchObject({
        code: 1,
        error: 'error: saved.json is of the store "bold", not of "acme"; leave --store out\n',
      });
    });

    it('assumes the use of the size that is deployed, as between two sizes', () => {
      const reviews = reviewsIn(fromSaved('bold', '--json'));

      expect(reviews.map(({ budget }) => budget?.documentsUsd.to)).toEqual([100, 800]); // the documents' most for small and medium
    });
  });

  it('--json has the change and both sides', () => {
    const { changes, reviews } = reportIn(change('--from', 'small', '--to', 'medium', '--json'));

    expect(changes).toMatchObject([{ from: 'small', to: 'medium', verdict: 'interrupts' }]);
    expect(reviews.map(({ name }) => name)).toEqual(['small', 'medium']);
  });

  it('--changes judges all twelve, a line each', () => {
    const { code, out } = change('--changes');

    expect(out.match(/^\w+ → \w+ /gm)).toHaveLength(12);
    expect(code).toBe(0);
  });

  it.each([
    ['no --to', ['--from', 'small'], 'error: --from small needs --to: small, medium, large, enterprise'],
    [
      'no --from',
      ['--to', 'small'],
      "error: --to small needs --from: a size (small, medium, large, enterprise) or a template's file",
    ],
    [
      'the same size twice',
      ['--from', 'small', '--to', 'small'],
      'error: --from and --to are both small; that is no change of size',
    ],
    [
      'a misspelt size',
      ['--from', 'smal', '--to', 'large'],
      'error: smal cannot be read: there is no such file or folder; sizes are small, medium, large, enterprise',
    ],
    [
      'a size that is none',
      ['--from', 'small', '--to', 'huge'],
      "error: option '--to <size>' argument 'huge' is invalid. Allowed choices are small, medium, large, enterprise.",
    ],
  ])('refuses %s in one line', (_, argv, message) => {
    expect(change(...argv)).toMatchObject({ code: 1, out: '', error: `${message}\n` });
  });
});

describe('npm start -- --template', () => {
  it('prices what it knows of a template that somebody else wrote, and names what it does not', () => {
    const { code, out } = read(foreign, '--tier', 'small');

    expect(code).toBe(0);
    expect(out).toContain('public IPv4 address  Address');
    expect(out).toContain('not priced: AWS::GameLift::Fleet');
  });

  it('says that findings were not run', () => {
    expect(read(foreign, '--tier', 'small').out).toContain('not run');
  });

  it('takes the size that a store’s own template tells', () => {
    expect(
      reviewsIn(
        read('{ "Resources": { "It": { "Type": "AWS::EC2::EIP" } }, "Outputs": { "Tier": { "Value": "large" } } }', '--json'),
      )[0]?.budget,
    ).toMatchObject({ usdPerMonth: 3_000 });
  });

  it.each([
    [
      'says no size',
      foreign,
      'error: other.yaml does not say its size; add --tier small or --tier medium or --tier large or --tier enterprise: whose use is assumed',
    ],
    ['is not there', failure('ENOENT'), 'error: other.yaml cannot be read: there is no such file or folder'],
    ['is a folder', failure('EISDIR'), 'error: other.yaml cannot be read: it is a folder'],
    ['may not be read', failure('EACCES'), 'error: other.yaml cannot be read: it is not permitted'],
  ])('refuses a file that %s in one line', (_, text, message) => {
    expect(read(text)).toMatchObject({ code: 1, out: '', error: `${message}\n` });
  });

  it.each([
    ['empty', ''],
    ['truncated', '{ "Resources": { "It": { "Type": "AWS::EC2'],
    ['not a template', '{ "name": "package" }'],
  ])('refuses a file that is %s in one line that names it', (_, text) => {
    const { code, out, error } = read(text, '--tier', 'small');

    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toMatch(/^error: other\.yaml .+\n$/);
  });
});

describe('npm start with a wrong option', () => {
  it.each([
    ['a size', ['--tier', 'huge'], /'huge' is invalid\. Allowed choices are small, medium, large, enterprise/],
    ['a region', ['--region', 'mars'], /'mars' is invalid\. Allowed choices are us-east-1, eu-west-1/],
    ['an option', ['--sise', 'x'], /unknown option '--sise'/],
    ['an amount', ['--max-usd', '-1'], /an amount of USD above 0/],
    ['two formats', ['--json', '--markdown'], /cannot be used with/],
    ['an assumption', ['--assume', 'hitRate=2'], /hitRate/],
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
