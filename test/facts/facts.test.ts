import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../bin/facts';
import { type FactRow, factRows, isStale, monthsSince } from '../../bin/facts/fact-rows';
import { setUp } from '../support/set-up';

const rows = factRows();
const placesOf = (found: readonly FactRow[]) => found.map(({ place }) => place);

describe('the facts', () => {
  it('each have a source, and the day on which it was read', () => {
    expect(rows.length).toBeGreaterThan(1_000);
    expect(placesOf(rows.filter(({ readOn = '' }) => !/^20\d\d-\d\d-\d\d$/.test(readOn)))).toEqual([]);
    expect(placesOf(rows.filter(({ source }) => source.length < 10))).toEqual([]);
  });

  it('are not older than their life: look them up again (npm run facts)', () => {
    expect(placesOf(rows.filter((row) => isStale(row, new Date())))).toEqual([]);
  });

  it('were not read in the future', () => {
    expect(placesOf(rows.filter(({ readOn = '' }) => readOn > new Date().toISOString()))).toEqual([]);
  });

  it('rest on no memory, and on no repository that AWS has archived', () => {
    expect(placesOf(rows.filter(({ source }) => /from memory|awsdocs\//i.test(source)))).toEqual([]);
  });
});

test.each([
  ['2026-11-29', '2026-11-29', 0],
  ['2025-11-29', '2026-11-29', 12],
  ['2025-11-30', '2026-11-29', 11],
  ['2025-05-29', '2026-11-29', 18],
])('from %s to %s are %i months', (day, now, months) => {
  expect(monthsSince(day, new Date(`${now}T12:00:00Z`))).toBe(months);
});

describe('npm run facts', () => {
  let folder: string;
  setUp(async (started) => {
    folder = mkdtempSync(join(tmpdir(), 'facts-'));
    started.defer(() => rmSync(folder, { recursive: true }));
    const price = { key: 'nat.hour', region: 'us-east-1', usd: 0.045 };
    write('prices.json', [
      { ...price, source: 'a price list', readOn: '2025-11-28' },
      { ...price, region: 'eu-west-1', source: 'a price list', readOn: '2025-11-28' },
    ]);
    write('limits.json', {
      rdsReplicas: { most: 15, source: 'a page of AWS', readOn: '2025-11-28' },
      alarms: { most: 5000, source: 'another page' },
    });
    write('classes.json', {
      sources: { sizes: 'a third page', speeds: { text: 'a fourth page', readOn: '2026-02-01' } },
      readOn: '2026-01-01',
      list: [{ name: 'db.m8g', source: 'speeds' }],
    });
  });

  function write(file: string, content: unknown): void {
    writeFileSync(join(folder, file), JSON.stringify(content));
  }

  async function run(...argv: string[]) {
    let out = '';
    const collect = (text: string): void => void (out += text);
    const code = await main(argv, { write: collect, writeError: collect, now: () => new Date('2026-11-29T12:00:00Z'), folder });
    return { code, out };
  }

  it('lists them by age, says what is stale and exits with 1', async () => {
    expect(await run()).toEqual({
      code: 1,
      out: [
        'no date  STALE: look it up again',
        '  limits.json alarms',
        '  another page',
        '2025-11-28',
        '  limits.json rdsReplicas',
        '  a page of AWS',
        '2025-11-28  STALE: look it up again',
        '  prices.json nat.hour us-east-1, prices.json nat.hour eu-west-1',
        '  a price list',
        '2026-01-01',
        '  classes.json sizes',
        '  a third page',
        '2026-02-01',
        '  classes.json speeds',
        '  a fourth page',
        '6 facts of 5 sources; 3 to look up again',
        '',
      ].join('\n'),
    });
  });

  it('explains itself', async () => {
    const { code, out } = await run('--help');
    expect([code, out]).toEqual([0, expect.stringContaining('Prices live 12 months, everything else 18.')]);
  });
});
