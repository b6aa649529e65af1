import type { StoreConfig } from '../../../lib/config/store-config';
import type { Resources } from '../../review/cost/bill-of';
import { database, type Run, reportIn, reviewsIn, runWith, withAddition } from './run-review';

const change = (...argv: string[]): Run => runWith({ resources: database }, ...argv);

/** A template of a small store, saved from AWS. */
const tagged = (store: string, more: Resources = {}): string => {
  const { Primary } = database({ database: { storageGb: 20, instanceClass: 'db.t4g.micro' } } as StoreConfig);
  const Properties = { ...(Primary?.Properties as object), Tags: [{ Key: 'store', Value: store }] };
  return JSON.stringify({ Resources: { Primary: { ...Primary, Properties }, ...more }, Outputs: { Tier: { Value: 'small' } } });
};
const tasksIn = (region: unknown): Resources => ({
  Tasks: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: { ContainerDefinitions: [{ LogConfiguration: { Options: { 'awslogs-region': region } } }] },
  },
});

/** From a template that was saved in a region, to medium. */
const fromRegion = (region: unknown, ...argv: string[]) =>
  runWith(
    {
      resources: (config) => ({ ...database(config), ...tasksIn(config.region) }),
      files: { 'saved.json': tagged('lost', tasksIn(region)) },
    },
    '--from',
    'saved.json',
    '--to',
    'medium',
    ...argv,
  );

/** From the saved template of a store to medium. */
const fromSaved = (store: string, ...argv: string[]) =>
  runWith({ resources: database, files: { 'saved.json': tagged(store) } }, '--from', 'saved.json', '--to', 'medium', ...argv);

describe('npm start -- --from --to', () => {
  it('judges a change of size, with the command that deploys it, and exits with 2 where it interrupts', () => {
    const { code, out, written } = change('--from', 'small', '--to', 'medium');

    expect(out).toMatch(/^small → medium {3}SAFE, WITH DOWNTIME {3}\+[\d,]+ USD\/month {3}data at risk: none\n/);
    expect(out).toContain('Deploy    npm run deploy -- --tier medium\n');
    expect({ code, written }).toEqual({ code: 2, written: {} });
  });

  it('exits with 3 where it is blocked, with the line to write instead', () => {
    const { code, out } = change('--from', 'medium', '--to', 'small');

    expect(out).toContain('→ "database": { "storageGb": 100 }');
    expect(code).toBe(3);
  });

  it('says that a pinned size is meant to change', () => {
    expect(change('--store', 'acme', '--from', 'small', '--to', 'medium').out.replaceAll(/\n +/g, ' ')).toContain(
      'npm run deploy -- --tier medium --store acme --change-tier small:medium',
    );
  });

  it('says nothing of a pinned size that is asked for', () => {
    const [back] = reportIn(change('--store', 'acme', '--from', 'medium', '--to', 'small', '--json')).changes;

    expect(back?.deploy).toBe('npm run deploy -- --tier small --store acme');
  });

  it('compares with a template that was saved', () => {
    const { code, out } = fromSaved('acme');

    expect(out).toMatch(/^saved\.json → medium {3}SAFE, WITH DOWNTIME/);
    expect(code).toBe(2);
  });

  it('does not move a saved store to another region, and takes its own where none is asked for', () => {
    const moved = fromRegion('eu-west-1', '--region', 'us-east-1');
    const stays = fromRegion('eu-west-1');
    const unknown = fromRegion({ Ref: 'AWS::Region' });

    expect(moved.code).toBe(3);
    expect(moved.out).toContain('region eu-west-1 → us-east-1');
    expect(stays.configs).toMatchObject([{ region: 'eu-west-1' }]);
    expect(stays.code).toBe(2);
    expect(unknown.code).toBe(4);
    expect(unknown.out).toContain('saved.json does not say its region');
  });

  it('refuses a file that is not the template of a store, and says what is missing', () => {
    const files = { 'other.json': JSON.stringify({ Resources: { Media: { Type: 'AWS::S3::Bucket' } } }) };
    expect(runWith({ files }, '--from', 'other.json', '--to', 'medium')).toMatchObject({
      code: 1,
      error:
        'error: other.json is not the template of a store of this project: no resource has the tag store, and it has no output Tier\n',
    });
  });

  it('exits with 4 where something changes that no rule knows', () => {
    const { code, out } = runWith({ files: { 'saved.json': withAddition } }, '--from', 'saved.json', '--to', 'small');

    expect(out).toContain('NOT JUDGED');
    expect(out.replaceAll(/\s+/g, ' ')).toContain('GameLift Fleet Game is removed: there is no rule for it');
    expect(code).toBe(4);
  });

  describe('with a template whose tags name its store', () => {
    it('compares with the settings of that store in cdk.json, and deploys that store', () => {
      const { configs, out, error } = fromSaved('bold');

      expect(configs).toMatchObject([{ name: 'bold', database: { multiAz: false } }]);
      expect(out).toContain('npm run deploy -- --tier medium --store bold\n');
      expect(error).toBe('');
    });

    it('says where cdk.json has no such store', () => {
      const { configs, error } = fromSaved('gone');

      expect(configs).toMatchObject([{ name: 'gone', tier: 'medium' }]);
      expect(error).toBe('cdk.json has no store "gone": it is compared with a store of that name without settings\n');
    });

    it('refuses another store', () => {
      expect(fromSaved('bold', '--store', 'acme')).toMatchObject({
        code: 1,
        error: 'error: saved.json belongs to the store "bold", not to "acme"; leave --store out\n',
      });
    });

    it('assumes the use of the size that is deployed, as between two sizes', () => {
      const reviews = reviewsIn(fromSaved('bold', '--json'));

      expect(reviews.map(({ budget }) => budget?.targetUsdPerMonth.to)).toEqual([220, 800]); // the documents' most for small and medium
    });
  });

  it('--json has the change and both sides', () => {
    const { changes, reviews } = reportIn(change('--from', 'small', '--to', 'medium', '--json'));

    expect(changes).toMatchObject([{ from: 'small', to: 'medium', verdict: 'downtime' }]);
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
      'error: --to small needs --from: a size (small, medium, large, enterprise) or a saved template of the store',
    ],
    ['the same size twice', ['--from', 'small', '--to', 'small'], 'error: --from and --to are both small; nothing changes'],
    [
      'a misspelt size',
      ['--from', 'smal', '--to', 'large'],
      'error: smal cannot be read: no such file or folder; sizes are small, medium, large, enterprise',
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
