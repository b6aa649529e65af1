import {
  assumptionsInForce,
  capacityAssumptionNames,
  capacityAssumptions,
  readAssumption,
} from '../../../lib/review/capacity/assumptions';
import { tierNames } from '../../../lib/tiers/tier';
import { usageNames } from '../../../lib/usage/monthly-usage';
import { monthOfSize } from '../../support/month-of-size';
import { month } from './a-store';

describe('an assumption on the command line', () => {
  it.each([
    ['cdnHitRate=0.9', 'cdnHitRate', 0.9],
    ['readsPerWrite=20', 'readsPerWrite', 20],
    [' products = 1e4 ', 'products', 10_000],
    ['cpuShare=.8', 'cpuShare', 0.8],
  ])('%s sets %s to %d', (text, name, value) => {
    expect(readAssumption(text)).toEqual({ name, value });
  });

  it.each([
    ['cdnHitRate', '"cdnHitRate" is not an assumption: write name=value, for example cdnHitRate=0.9'],
    ['', '"" is not an assumption: write name=value, for example cdnHitRate=0.9'],
    ['CDNHITRATE=0.5', '"CDNHITRATE" is not an assumption: did you mean cdnHitRate?'],
    ['constructor=1', `"constructor" is not an assumption: allowed are ${capacityAssumptionNames.join(', ')}`],
    ['cdnHitRate=', 'cdnHitRate must be a number from 0 to 0.99, not ""'],
    ['cdnHitRate=90%', 'cdnHitRate must be a number from 0 to 0.99, not "90%"'],
    ['cdnHitRate=Infinity', 'cdnHitRate must be a number from 0 to 0.99, not "Infinity"'],
    ['cdnHitRate=-1', 'cdnHitRate must be a number from 0 to 0.99, not -1'],
    ['apiCpuMicroseconds=0', 'apiCpuMicroseconds must be a number from 1 to 10,000,000, not 0'],
    ['cdnHitRate=0.1=0.2', 'cdnHitRate must be a number from 0 to 0.99, not "0.1=0.2"'],
    ['cdnHitRate=1', 'cdnHitRate must be a number from 0 to 0.99, not 1'],
    ['readsPerWrite=1e9', 'readsPerWrite must be a number from 0 to 10,000, not 1e9'],
  ])('%j is refused in one line', (text, problem) => {
    expect(readAssumption(text)).toEqual({ problem });
  });
});

describe('the assumptions in force', () => {
  it('are what the caller set, and say so', () => {
    expect(assumptionsInForce({ readsPerWrite: 5 }, month)).toContainEqual(
      expect.objectContaining({ name: 'readsPerWrite', value: 5, overridden: true, source: 'set with --assume' }),
    );
  });

  it('are otherwise the defaults with their sources', () => {
    expect(assumptionsInForce({}, month)).toContainEqual(
      expect.objectContaining({
        name: 'readsPerWrite',
        value: 10,
        overridden: false,
        source: expect.stringContaining('[right-sizing]'),
      }),
    );
  });

  it.each([
    ['cdnHitRate', 0.5], // 1 − 1,000,000 ÷ 2,000,000
    ['products', 1_000], // 10 GB of pictures, 10 MB each
    ['cacheKiBPerRead', 12], // 3 × 4 KiB
    ['iosPerTransaction', 3.4], // 16,000 IOPS ÷ 4,696.7 transactions/s, the mean of 5,092, 4,636 and 4,362
  ])('have %s from the month or the published runs', (name, value) => {
    expect(assumptionsInForce({}, month).find((one) => one.name === name)?.value).toBeCloseTo(value);
  });

  it.each(tierNames)('lie within what may be set, for the %s size', (tier) => {
    const outside = assumptionsInForce({}, monthOfSize(tier)).filter(
      ({ name, value }) => value < capacityAssumptions[name].least || value > capacityAssumptions[name].most,
    );
    expect(outside).toEqual([]);
  });
});

const isFact = (name: string) => name.endsWith('Quota');
const isOfMonth = (name: string) => usageNames.some((one) => one === name);

describe('how far off an assumption may be', () => {
  const inForce = assumptionsInForce({}, month);

  it.each(capacityAssumptionNames.filter((name) => !isFact(name) && !isOfMonth(name)))(
    '%s has a range with its reason',
    (name) => {
      const { value, range } = inForce.find((one) => one.name === name) ?? {};
      expect(range?.low).toBeLessThan(range?.high ?? 0);
      expect(range?.low).toBeLessThanOrEqual(value ?? 0);
      expect(range?.high).toBeGreaterThanOrEqual(value ?? Number.POSITIVE_INFINITY);
      expect(range?.why).toMatch(/\w{3}/);
    },
  );

  it('is not said of quotas, which are AWS’s, nor of figures of the month, which have their range there', () => {
    const without = inForce.filter(({ range }) => range === undefined).map(({ name }) => name);
    expect(without).toEqual(capacityAssumptionNames.filter((name) => isFact(name) || isOfMonth(name)));
  });

  it('is cut at what may be set', () => {
    const answers = assumptionsInForce({}, { ...month, apiResponseKiB: 0 }).find(({ name }) => name === 'cacheKiBPerRead');
    expect(answers?.range).toMatchObject({ low: 0.1, high: 0.1 });
  });

  it('is nothing where somebody gave it, or measured the own API', () => {
    const own = assumptionsInForce({ readsPerWrite: 5 }, month, 700);
    expect(own.find(({ name }) => name === 'readsPerWrite')).not.toHaveProperty('range');
    expect(own.find(({ name }) => name === 'apiCpuMicroseconds')).toEqual({
      name: 'apiCpuMicroseconds',
      value: 700,
      description: capacityAssumptions.apiCpuMicroseconds.description,
      source: 'setting appCapacity (npm run measure)',
      overridden: false,
    });
  });
});
