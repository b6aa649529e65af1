import type { ChangeReview } from '../../../../lib/review/change/types';
import { changeTable } from '../../../../lib/review/output/terminal/change-table';
import { changeText } from '../../../../lib/review/output/terminal/change-text';

const plain = { colour: false };

const up: ChangeReview = {
  from: 'small',
  to: 'medium',
  verdict: 'downtime',
  parts: [
    {
      part: 'database',
      effects: [
        { kind: 'failover', text: 'db.t4g.micro → db.t4g.medium; 60-120 s of refused writes', resources: ['Primary'] },
        { kind: 'irreversible', text: 'storage 20 → 100 GB', resources: ['Primary'] },
      ],
    },
  ],
  unchanged: ['4 queues', 'the URL'],
  dataAtRisk: [],
  waits: ['RDS optimises the storage'],
  downtimes: [{ part: 'database', text: 'writes are refused', seconds: { from: 60, to: 120 }, source: 'a test' }],
  irreversible: ['storage 20 → 100 GB: it never shrinks'],
  blocks: [],
  before: ['Take a snapshot.', 'Choose a quiet hour.'],
  after: ['Pin the new size.'],
  rollback: {
    verdict: 'blocked',
    text: 'medium → small is blocked: storage never shrinks',
    workaround: ['"database": { "storageGb": 100 }'],
  },
  costChange: { fixedUsdPerMonth: 347, usageUsdPerMonth: 46, usdPerMonth: 393 },
  deploy: 'npx cdk deploy --context tier=medium',
};

const down: ChangeReview = {
  ...up,
  from: 'medium',
  to: 'small',
  verdict: 'blocked',
  waits: [],
  downtimes: [],
  blocks: [
    {
      rule: 'storage-shrinks',
      part: 'database',
      resources: ['Primary'],
      reason: 'storage 100 → 20 GB: RDS never shrinks it',
      workaround: ['"database": { "storageGb": 100 }'],
    },
  ],
  costChange: { fixedUsdPerMonth: -347, usageUsdPerMonth: -46, usdPerMonth: -393 },
};

describe('a change that can be deployed', () => {
  const text = changeText(up, plain);

  it('begins with verdict, cost and data at risk', () => {
    expect(text.split('\n')[0]).toBe('small → medium   SAFE, WITH DOWNTIME   +393 USD/month   data at risk: none');
  });

  it('names each part once, with a line an effect', () => {
    expect(text).toContain(
      'database       failover      db.t4g.micro → db.t4g.medium; 60-120 s of refused writes\n               irreversible  storage 20 → 100 GB\n',
    );
  });

  it('says what is left alone', () => {
    expect(text).toMatch(/^unchanged +4 queues, the URL$/m);
  });

  it('says what is away for how long, what to do before, after and to go back, then how to deploy it', () => {
    expect(text.slice(text.indexOf('Downtime'))).toBe(
      [
        'Downtime  database: 60-120 s',
        'Waits     RDS optimises the storage',
        'Before    Take a snapshot.',
        '          Choose a quiet hour.',
        'After     Pin the new size.',
        'Rollback  medium → small is blocked: storage never shrinks',
        '          → "database": { "storageGb": 100 }',
        'Deploy    npx cdk deploy --context tier=medium',
        '',
      ].join('\n'),
    );
  });

  it('paints the verdict where asked, and what nobody can take back', () => {
    expect(changeText(up, { colour: true })).toContain('\u001B[33mirreversible\u001B[39m');
    expect(changeText(up, { colour: true })).toContain('\u001B[33mSAFE, WITH DOWNTIME\u001B[39m');
  });
});

test('a change that interrupts nothing says so', () => {
  expect(changeText({ ...up, verdict: 'safe', downtimes: [] }, plain)).toMatch(/^Downtime +none$/m);
});

describe('a change that is blocked', () => {
  const text = changeText(down, plain);

  it('gives the reason and the way round', () => {
    expect(text).toContain(
      'BLOCKED  database: storage 100 → 20 GB: RDS never shrinks it (storage-shrinks)\n  → "database": { "storageGb": 100 }\n',
    );
  });

  it('gives no command to deploy it', () => {
    expect(text).not.toContain('Deploy');
  });
});

test('several changes have a line each, with the reason of the verdict', () => {
  const lines = changeTable([up, down], plain).split('\n');

  expect(lines[1]).toMatch(/^small → medium +SAFE, WITH DOWNTIME +\+393 +database: writes are refused$/);
  expect(lines[2]).toMatch(/^medium → small +BLOCKED +−393 +storage 100 → 20 GB: RDS never shrinks it$/);
});
