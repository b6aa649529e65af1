import { markdownTable } from '../../lib/review/markdown';
import { reviewStore, type StoreReview } from '../../lib/review/store-review';
import { terminalTable } from '../../lib/review/terminal';
import { terminalLines } from '../../lib/review/terminal-lines';
import { textTable, wrap } from '../../lib/review/text-table';
import { idle, type Resources } from './bill-of';

const part = (name: string) => ({ Tags: [{ Key: 'part', Value: name }] });

const small: Resources = {
  Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { Cpu: '256', Memory: '512' } },
  Api: { Type: 'AWS::ECS::Service', Properties: { ...part('api'), TaskDefinition: { Ref: 'Task' }, DesiredCount: 2 } },
  Database: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { DBInstanceClass: 'db.t4g.micro', MultiAZ: true, AllocatedStorage: '20', StorageType: 'gp3' },
  },
  Cdn: { Type: 'AWS::CloudFront::Distribution' },
  Vault: { Type: 'AWS::Backup::BackupVault' },
};
const medium: Resources = {
  ...small,
  Replica: { Type: 'AWS::RDS::DBInstance', Properties: { SourceDBInstanceIdentifier: { Ref: 'Database' } } },
  Nat: { Type: 'AWS::EC2::NatGateway' },
  Plan: { Type: 'AWS::Backup::BackupPlan' },
};

function review(name: string, resources: Resources, { region = 'us-east-1', usdPerMonth = 100 } = {}): StoreReview {
  return reviewStore({
    name,
    template: { Resources: resources },
    region,
    usage: { ...idle, cdnGbOut: 900, natGb: 10 },
    serves: { ordersPerMonth: 10_000, mostUsers: 1, users: '1,000-5,000', source: 'a test' },
    budget: { usdPerMonth, documentsUsd: { from: 50, to: 100 }, source: 'a test' },
    acceptedRisks: [{ path: 'stores.acme.database.multiAz', floor: 'true', got: 'false', reason: 'a test store' }],
  });
}

const risk = 'stores.acme.database.multiAz is false (floor: true): a test store';

const plain = { colour: false };
const row = (text: string, title: string) => text.split('\n').find((line) => line.startsWith(`${title} `)) ?? '';

describe('the table of sizes', () => {
  const text = terminalTable([review('small', small), review('medium', medium, { usdPerMonth: 50 })], {
    ...plain,
    seconds: 0.94,
  });

  it('says what it shows and that it called nobody', () => {
    expect(text.split('\n')[0]).toMatch(/^Store review · us-east-1 · prices of 20\d\d-\S+ to 20\d\d-\S+ · no AWS call · 0.9 s$/);
  });

  it('has a column for each size', () => {
    expect(row(text, 'orders a month')).toMatch(/10,000 +10,000/);
  });

  it.each([
    ['api tasks', /2 × ¼ vCPU, 0.5 GB +2 × ¼ vCPU, 0.5 GB/],
    ['database', /db.t4g.micro Multi-AZ, 20 GB +db.t4g.micro Multi-AZ, 20 GB/],
    ['read replicas', /- +1 × db.t4g.micro/],
    ['NAT gateways', /- +1/],
    ['AWS Backup', /- +yes/],
    ['resources', /5 +8/],
  ])('tells %s in words from the template', (title, cells) => {
    expect(row(text, title)).toMatch(cells);
  });

  it('gives each part its fixed cost and its usage', () => {
    expect(row(text, 'network')).toMatch(/- +33 \+ 0.45/); // 0.045 × 730 and 10 × 0.045
  });

  it('holds the sum against budget and documents', () => {
    expect(row(text, 'documents say')).toMatch(/50-100 +50-100/);
    expect(row(text, 'budget')).toMatch(/100: holds +50: EXCEEDED/);
  });

  it('names accepted risks with their reason', () => {
    expect(text).toContain(`accepted risk (small): ${risk}`);
  });

  it('fits into 120 columns', () => {
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  it('is coloured only where asked', () => {
    const escape = '\u001B[';

    expect(text).not.toContain(escape);
    expect(terminalTable([review('small', small)], { colour: true })).toContain(`${escape}32mholds`);
  });

  it('names prices that are missing and leaves the budget open', () => {
    const other = terminalTable([review('small', small, { region: 'ap-south-1' })], plain);

    expect(other).toContain('missing price in ap-south-1: rds.postgres.db.t4g.micro.multi');
    expect(row(other, 'together')).toContain('and more');
    expect(row(other, 'budget')).toContain('open: prices missing');
  });

  it('says for which region the budgets are made', () => {
    expect(terminalTable([review('small', small, { region: 'eu-west-1' })], plain)).toContain('budgets are set for us-east-1');
  });
});

describe('the lines of one size', () => {
  const text = terminalLines(review('medium', medium), plain);

  it('give resource, quantity, unit, price, cost and the date of the price', () => {
    expect(text).toMatch(/^NAT gateway {2}Nat +730 +hour +0\.045 +32\.85 +2026-08-01 \[\d+\]$/m);
  });

  it('show what an allowance covers', () => {
    expect(text).toContain('all in the free 1 TB');
  });

  it('list the assumptions with their values', () => {
    expect(text).toMatch(/^natGb +10 +GB through NAT gateways$/m);
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
    const met = [...text.slice(0, text.indexOf('\ntogether ')).matchAll(/ \[(\d+)\]/g)].map(([, number]) => Number(number));

    expect(sources).toEqual(sources.map((_, index) => index + 1));
    expect([...new Set(met)]).toEqual(sources);
  });

  it('name accepted risks with their reason', () => {
    expect(text).toContain(`\nAccepted risks\n${risk}\n`);
  });

  it('say nothing of risks where none is accepted', () => {
    expect(terminalLines({ ...review('medium', medium), acceptedRisks: [] }, plain)).not.toContain('Accepted risks');
  });

  it('end with the sum', () => {
    const { total } = review('medium', medium);

    expect(text).toContain(`= ${total.usd.toFixed(2)} USD a month`);
  });

  it('fit into 120 columns', () => {
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });
});

describe('the Markdown table', () => {
  const lines = markdownTable([review('small', small), review('medium', medium)]).split('\n');

  it('has a head, a rule and the same cells as the terminal', () => {
    const head = lines.indexOf('|  | small | medium |');

    expect(lines[head + 1]).toBe('| --- | --- | --- |');
    expect(lines).toContain('| NAT gateways | - | 1 |');
  });

  it('lists the notes', () => {
    expect(lines.filter((line) => line.startsWith('- accepted risk'))).toHaveLength(2);
  });
});

describe('a table of text', () => {
  it('goes on in the next line where a cell is full', () => {
    expect(textTable([{ width: 4 }, { width: 9 }], [['one', 'two three four']])).toEqual(['one   two three', '      four']);
  });

  it('aligns figures to the right', () => {
    expect(textTable([{ width: 6, align: 'right' }], [['1'], ['100']])).toEqual(['     1', '   100']);
  });

  it('cuts a word that is longer than the line', () => {
    expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
  });
});
