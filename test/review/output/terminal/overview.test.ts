import { nextSteps, overview } from '../../../../lib/review/output/terminal/overview';
import type { QuotaUse } from '../../../../lib/review/quotas/quotas';
import { capacity, medium, review, risk, small } from './reviews';

const plain = { colour: false };
const row = (text: string, title: string) => text.split('\n').find((line) => line.startsWith(`${title} `)) ?? '';

function noteOf(quotas: readonly QuotaUse[]): string {
  return overview([{ ...review('large', small), quotas }], plain).replaceAll('\n', ' ');
}

describe('the overview of several sizes', () => {
  const reviews = [review('small', small), review('medium', medium, { usdPerMonth: 50 })];
  const text = overview(reviews, { ...plain, seconds: 0.94 });

  it('says what it shows and that it called nobody', () => {
    expect(text.split('\n')[0]).toMatch(/^Store review · us-east-1 · prices of 20\d\d-\S+ to 20\d\d-\S+ · no AWS call · 0.9 s$/);
  });

  it.each([
    ['API tasks', /2 × ¼ vCPU +2 × ¼ vCPU/],
    ['PostgreSQL', /t4g\.micro, 20 GB +t4g\.micro, 20 GB/],
    ['replicas, proxy', /- +1/],
    ['NAT, WAF, vault', /- +1 \+ vault/],
  ])('tells %s in words from the template', (title, cells) => {
    expect(row(text, title)).toMatch(cells);
  });

  it('holds the sum against budget and documents', () => {
    expect(row(text, 'target cost')).toMatch(/50-100 +50-100/);
    expect(row(text, 'budget')).toMatch(/100 ok +50 EXCEEDED/);
  });

  it('names accepted risks with their reason', () => {
    expect(text.replaceAll('\n', ' ')).toContain(`accepted risk (small): ${risk}`);
  });

  it('fits into 100 columns', () => {
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('has a line for each step, and none of one size', () => {
    expect(text).toMatch(/^step small → medium: USD a month /m);
    expect(overview(reviews.slice(0, 1), plain)).not.toContain('step ');
  });

  it('is coloured only where asked', () => {
    expect(text).not.toContain('\u001B[');
    expect(overview(reviews, { colour: true })).toContain('\u001B[32mok\u001B[39m');
  });

  it('names prices that are missing and leaves the budget open', () => {
    const other = overview([review('small', small, { region: 'ap-south-1' })], plain);

    expect(other).toContain('missing price in ap-south-1: rds.postgres.db.t4g.micro.multi');
    expect(row(other, 'TOTAL: low-high')).toContain('and more');
    expect(row(other, 'budget')).toContain('open: prices missing');
  });

  it('names quotas that are too small, whose figure they are, and what cannot be compared', () => {
    const use: QuotaUse = {
      name: 'fargateVcpu',
      title: 'Fargate vCPU on demand',
      quota: 6,
      overridden: false,
      least: 6,
      most: 23.6,
      deploying: 45.6,
      verdict: 'stops deployments',
      unknown: [],
      request: '',
    };
    expect(noteOf([use])).toContain('quotas too small (×2 while deploying): Fargate vCPU on demand (6): large 6-23.6 →');
    expect(noteOf([{ ...use, quota: 10, overridden: true }])).toContain(
      'Fargate vCPU on demand (10 by --assume): large 6-23.6 →',
    );
    expect(noteOf([{ ...use, verdict: 'not known', unknown: ['MinCapacity of ApiScaling'] }])).toContain(
      'quota not compared (large): Fargate vCPU on demand depends on values that only AWS knows: MinCapacity of ApiScaling',
    );
    expect(noteOf([{ ...use, verdict: 'slows deployments' }])).not.toContain('quota');
  });

  it('says for which region the budgets are made', () => {
    expect(overview([review('small', small, { region: 'eu-west-1' })], plain)).toContain('budgets are set for us-east-1');
  });
});

test('what comes next is told with commands to paste', () => {
  const reviews = [review('small', small), review('medium', medium)];

  expect(nextSteps(reviews, 'review/index.html')).toBe(
    '\nPage  review/index.html\nNext  npm start -- --tier medium    npm start -- --from small --to medium\n',
  );
  expect(nextSteps(reviews.slice(0, 1), undefined)).toBe('');
});

describe('the overview of capacity', () => {
  const text = overview([{ ...review('huge', small), capacity }, review('small', small)], plain);

  it('gives the capacity to three digits', () => {
    expect(row(text, 'requests/s')).toContain('1,230');
  });

  it('gives an upper bound if a part is not measured', () => {
    const [own] = capacity.limits;
    const unknown = overview([{ ...review('own', small), capacity: { ...capacity, bottleneck: own, complete: false } }], plain);

    expect(row(unknown, 'requests/s')).toContain('at most 1,230');
    expect(row(unknown, 'bottleneck')).toContain('Database CPU; not measured: API tasks');
  });

  it('names the requirements that a size does not meet, and the upgrade that does with its cost', () => {
    expect(text.replaceAll('\n', ' ')).toContain(
      '! huge falls short of 30,000 requests/s in all: 1,230 requests/s !   → database class db.t4g.micro → db.t4g.small, +24 USD a month: "database": { "instanceClass": "db.t4g.small" }',
    );
  });

  it('counts the documents’ thresholds that alarms watch', () => {
    const one = review('small', small);
    const documented = one.alarmCoverage.documented.map((figure, index) => ({
      ...figure,
      verdict: index === 0 ? ('watched' as const) : ('not watched' as const),
    }));
    const watched = { ...one, alarmCoverage: { ...one.alarmCoverage, documented } };

    expect(row(overview([watched, one], plain), 'alarms')).toContain(`0; 1/${documented.length} limits`);
  });

  it('ends with a line of its own', () => {
    expect(text.endsWith('\n')).toBe(true);
  });

  it('tells where a user costs more than the documents’ target', () => {
    expect(row(text, '$ per user')).toContain('0.120 over the target');
  });
});
