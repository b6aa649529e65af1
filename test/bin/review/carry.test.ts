import type { StoreConfig } from '../../../lib/config/store-config';
import type { Report } from '../../../lib/review/report';
import { synthesize } from '../../../lib/synthesize';
import type { CloudFormationTemplate } from '../../../lib/template/template';
import { runWith } from './run-review';

const image = '111122223333.dkr.ecr.us-east-1.amazonaws.com/my-api:1.4.2';
const stores = {
  shop: { region: 'us-east-1', database: { instanceClass: 'db.t4g.small' } },
  mine: { region: 'us-east-1', app: { api: { image, port: 3000, healthPath: '/healthz', needs: ['database', 'cache'] } } },
};
const made = new Map<string, CloudFormationTemplate>();

function once(config: StoreConfig): CloudFormationTemplate {
  const name = JSON.stringify(config);
  const template = made.get(name) ?? synthesize(config);
  made.set(name, template);
  return template;
}

const run = (...argv: string[]) => runWith({ stores, synthesize: once }, ...argv);

const carryOf = ({ out }: { readonly out: string }) => (JSON.parse(out) as Report).carry;

describe('npm start -- --carry', () => {
  it('prints the cheapest stores, each with what it costs, what is tightest, and the lines to use it', () => {
    const { code, out } = run('--carry', 'orders=3000,drop=800,usersAtOnce=2000');

    expect(code).toBe(0);
    expect(out).toMatch(/^1\. small, \d+ USD a month \(\d+ \+ \d+ usage\)$/m);
    expect(out).toMatch(/^tightest +minimum API tasks .*1\.01 × of what is asked$/m);
    expect(out).toContain('"api": { "minTasks": 3, "maxTasks": 6 }');
    expect(out).toMatch(/^npm run deploy -- --tier small$/m);
    expect(out).toMatch(/^npm start -- --tier small --store NAME --usage users=30000,.*usersAtOnce=2000$/m);
    expect(out).toContain('as medium assumes');
  });

  it('gives the same as data, and the review of its line has the same cost', () => {
    const carry = carryOf(run('--carry', 'orders=3000,drop=800', '--tier', 'small', '--json'));
    const [first] = carry?.stores ?? [];
    const usage = /--usage (\S+)/.exec(first?.review ?? '')?.[1] ?? '';
    const [review] = (JSON.parse(run('--tier', 'small', '--usage', usage, '--json').out) as Report).reviews;

    expect(first?.settings).toEqual({});
    expect(first?.cost.usdPerMonth).toBeCloseTo(review?.total.usdPerMonth ?? 0, 6);
    expect(carry?.stores.length).toBeGreaterThan(1);
  });

  it('keeps what the store gives, and searches the rest', () => {
    const carry = carryOf(run('--carry', 'usersAtOnce=6000', '--store', 'shop', '--tier', 'small', '--json'));

    expect(carry?.verdict).toBe('found');
    for (const store of carry?.stores ?? []) expect(store.settings.database?.instanceClass).toBeUndefined();
    expect(carry?.stores[0]?.deploy).toBe('npm run deploy -- --tier small --store shop');
  });

  it('exits with 1 where nothing is within --max-usd, and tells the cheapest and what the money buys', () => {
    const { code, out } = run('--carry', 'drop=2500', '--tier', 'small', '--max-usd', '120');

    expect(code).toBe(1);
    expect(out).toMatch(/^No store within 120 USD a month bears it\. The cheapest that does costs \d+:$/m);
    expect(out).toMatch(/^The most that 120 USD a month buy:$/m);
    expect(out).toMatch(/falls short \(0\.\d+ ×\)/);
  });

  it('exits with 1 where nothing carries it, and tells what is missing in figures', () => {
    const { code, out } = run('--carry', 'usersAtOnce=50M', '--tier', 'small');

    expect(code).toBe(1);
    expect(out).toMatch(/^No store of any size bears it\.$/m);
    expect(out).toMatch(/50,000,000 concurrent users: .* falls\s+short/);
    expect(out).toContain('the CDN: 250,000 requests/s, can be raised');
  });

  it('does not count as carried what is not known, and says why', () => {
    const { code, out } = run('--carry', 'usersAtOnce=100', '--store', 'mine', '--tier', 'small');

    expect(code).toBe(1);
    expect(out).toContain('100 concurrent users: not known');
    expect(out).toMatch(/^not known +maximum API tasks: .*the capacity of this container per vCPU is not/m);
  });

  it('takes assumptions along', () => {
    const { code, out } = run('--carry', 'usersAtOnce=2000', '--tier', 'small', '--assume', 'apiCpuMicroseconds=1000');

    expect(code).toBe(0);
    expect(out).toContain('--assume apiCpuMicroseconds=1000');
  });

  it('lists every problem of its figures at once, and asks for a demand', () => {
    const { code, error } = run('--carry', 'ordrs=3,drop=-1');

    expect(code).toBe(1);
    expect(error).toContain('"ordrs" is not a figure of a month');
    expect(error).toContain('drop must be a number');
    expect(run('--carry', 'pictures=5TB').error).toContain('nothing has to be carried: give one of orders, users');
    expect(run('--carry', 'drop=1', '--changes').error).toContain('cannot be used with');
  });
});
