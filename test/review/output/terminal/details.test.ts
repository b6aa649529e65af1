import { details } from '../../../../lib/review/output/terminal/details';
import type { FindingsReview } from '../../../../lib/review/protection/types';
import { capacity, medium, review, risk } from './reviews';

const plain = { colour: false };

describe('the costs of one store', () => {
  const text = details({ ...review('medium', medium), capacity }, plain);

  it('give resource, quantity, unit, price, cost and the date of the price', () => {
    expect(text).toMatch(/^NAT gateway {2}Nat +730 +hour +0\.045 +32\.85 +2026-08-01 \[\d+\]$/m);
  });

  it('show what an allowance covers', () => {
    expect(text).toContain('all in free 1 TB');
  });

  it('list the assumptions with their values', () => {
    expect(text).toMatch(/^natGb +10 +GB through NAT gateways, where there are any; the store’s$/m);
  });

  it('list each source with the prices that it vouches for', () => {
    expect(text).toMatch(/^\[\d+\] +2026-08-01 exact: .+ \(nat\.hour\)$/m);
  });

  it('point at their source by its number', () => {
    const [, number] = /^NAT gateway {2}Nat .+ \[(\d+)\]$/m.exec(text) ?? [];

    expect(text).toMatch(new RegExp(`^\\[${number}\\] .+nat\\.hour`, 'm'));
  });

  it('number the sources in the order of the lines', () => {
    const sources = [...text.slice(text.indexOf('\nPrices\n')).matchAll(/^\[(\d+)\]/gm)].map(([, number]) => Number(number));
    const met = [...text.slice(0, text.indexOf('\ntotal ')).matchAll(/ \[(\d+)\]/g)].map(([, number]) => Number(number));

    expect(sources).toEqual(sources.map((_, index) => index + 1));
    expect([...new Set(met)]).toEqual(sources);
  });

  it('name accepted risks with their reason', () => {
    expect(text).toContain(`\nAccepted risks\n${risk}\n`);
  });

  it('say nothing of risks where none is accepted', () => {
    expect(details({ ...review('medium', medium), acceptedRisks: [] }, plain)).not.toContain('Accepted risks');
  });

  it('end with the sum', () => {
    const { total } = review('medium', medium);

    expect(text).toContain(`= ${total.usdPerMonth.toFixed(2)} USD a month`);
  });

  it('fit into 120 columns', () => {
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });
});

describe('the savings of one store', () => {
  const text = details({ ...review('medium', medium), capacity }, plain);

  it('have a line each: what it saves, what to set, what one gives up', () => {
    expect(text).toMatch(/^No standby +\d+\.\d\d {2}"database": \{ "multiAz": false \}, +Availability: If the zone or the$/m);
    expect(text).toMatch(/^Reserved instances +not known {2}RDS console, Reserved instances, +Paid for 1 year/m);
  });

  it('end with what they save together, and its settings to paste', () => {
    expect(text).toMatch(/^Together, all: \d+\.\d\d USD a month \(No read replicas; No standby; /m);
    expect(text).toMatch(/^ {2}"database": \{ "readReplicas": 0, "multiAz": false \}$/m);
  });
});

describe('the capacity of one store', () => {
  const text = details({ ...review('medium', medium), capacity }, plain);

  it('has a line a limit, with its arithmetic under it', () => {
    expect(text).toMatch(/^Database CPU +1,230 +6,170 +1 × +a day +247 transactions\/s\n {4}0\.4 vCPU × 617 a vCPU$/m);
  });

  it('gives the upgrade that meets all requirements, with lines to paste', () => {
    expect(text.replaceAll(/\n(?! )/g, ' ')).toContain(
      'To meet all requirements: database class db.t4g.micro → db.t4g.small, +24 USD a month; then 40,000 requests/s; bottleneck: the cache\n    → "database": { "instanceClass": "db.t4g.small" }',
    );
  });

  it('says what is not measured', () => {
    expect(text).toMatch(/^API tasks +not measured +always/m);
  });

  it('gives the capacity at the documents’ hit rates of the CDN', () => {
    expect(text).toContain('At the CDN hit rates that the documents aim at [growth-plan]: 90% 6,170 requests/s');
  });

  it('holds what is carried against what is asked', () => {
    expect(text).toMatch(/^30,000 requests\/s in all +1,230 requests\/s +0\.04 × +falls short +\[growth-plan\]$/m);
  });

  it('marks an assumption that was set on the command line', () => {
    expect(text).toMatch(/^cdnHitRate +0\.9 +of the requests the CDN answers +set with --assume$/m);
  });

  it('names the assumptions that move its headroom, which may be not known at an end', () => {
    expect(text).toMatch(
      /^Assumptions that move the headroom most, .+\nas assumed 0\.04 × of 30,000 requests\/s in all\ncommitSeconds +0\.002 → 0\.01 +1\.2 × → not known +seconds of a commit; nobody has measured it$/m,
    );
  });

  it('says where no headroom is known', () => {
    const [demand] = capacity.demands;
    const demands = demand ? [{ ...demand, headroom: undefined }] : [];
    const open = details({ ...review('medium', medium), capacity: { ...capacity, demands, movers: [] } }, plain);
    expect(open).toContain('from its low to its high end\nas assumed not known\n');
  });

  it('lists how far off an assumption may be, and why', () => {
    const own = details(review('medium', medium), plain);
    expect(own).toMatch(
      /^queriesPerRead +2 {2}1-3 +queries per read that misses the cache; the +\[growth-plan\] 1-3\n +documents say 1 to 3$/m,
    );
    expect(own).toMatch(/^apiCpuMicroseconds +1,231 {2}655-1,231 /m);
  });

  it('holds the cost of a user against the documents’ target', () => {
    expect(text).toContain('per user  0.1200 USD a month; target: below 0.1, MISSED [scalability-report]');
  });
});

describe('a store of which not everything is priced', () => {
  const unpriced = {
    ...review('medium', medium),
    costIsAtLeast: true,
    unpricedTypes: [{ type: 'AWS::GameLift::Fleet', resources: 2 }],
    capacity: { ...capacity, costs: { ...capacity.costs, usdPerUser: 0.01, usdPerUserHolds: undefined } },
  };

  it('names what is not priced', () => {
    expect(details(unpriced, plain)).toContain('\nnot priced: AWS::GameLift::Fleet (2)\n');
  });

  it('leaves open whether a user costs less than the target', () => {
    expect(details(unpriced, plain)).toContain(
      'per user  at least 0.0100 USD a month; target: below 0.1, open: not everything is priced [scalability-report]',
    );
  });
});

describe('the findings', () => {
  const findings: FindingsReview = {
    packs: [{ name: 'AwsSolutions', enforced: true, open: [{ rule: 'AwsSolutions-RDS3', at: 'Database/Primary' }] }],
    acknowledged: [{ rule: 'AwsSolutions-CFR1', at: ['Cdn'], reason: 'It sells everywhere.' }],
  };

  it('are said not to be run, with the option that runs them', () => {
    expect(details(review('medium', medium), plain)).toContain('Findings\nnot run; add --findings');
  });

  it('are said not to run for a saved template', () => {
    expect(details({ ...review('medium', medium), saved: true }, plain)).toContain('Findings\nnot run: cdk-nag checks a CDK app');
  });

  it('are listed by pack', () => {
    expect(details({ ...review('medium', medium), findings }, plain)).toContain(
      'AwsSolutions: 1 open\n  AwsSolutions-RDS3  Database/Primary',
    );
  });
});
