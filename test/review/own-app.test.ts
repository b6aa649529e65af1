import { reviewSize } from '../../lib/review/review-size';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import { storeConfig, templateOf } from '../support/stores';

const image = 'ghcr.io/acme/shop:1.0.0';
const own = { api: { image, needs: ['database'] }, worker: { image, needs: ['queues'] }, migrations: { image }, site: { image } };

const review = (tier: TierName, settings: Readonly<Record<string, unknown>>) =>
  reviewSize(storeConfig(tier, settings), templateOf(tier, settings));

const limitOf = (title: string, settings: Readonly<Record<string, unknown>>) =>
  review('medium', settings).capacity.limits.find((limit) => limit.title === title);

describe.each(tierNames)('the review of an app of one’s own in %s', (tier) => {
  const reviewed = review(tier, { app: own });
  const usual = review(tier, {});

  test('prices the site as tasks of its own, and every resource', () => {
    const costOf = (name: string) => reviewed.costs.find(({ part }) => part === name);
    expect(costOf('site')).toEqual({ ...costOf('api'), part: 'site' }); // of the same size, and as many of them
    expect([reviewed.missingPrices, reviewed.unpricedTypes]).toEqual([usual.missingPrices, usual.unpricedTypes]);
  });

  test('finds an alarm at each threshold of the documents, for the site too', () => {
    const figures = reviewed.alarmCoverage.documented;
    expect(figures.length).toBeGreaterThanOrEqual(usual.alarmCoverage.documented.length - 1);
    const open = figures.filter(({ verdict }) => verdict !== 'watched').map(({ figure }) => figure);
    expect([...new Set(open)]).toEqual(tier === 'small' ? ['mean query time'] : []); // no proxy measures it: slow queries are counted from the log
  });

  test('finds nothing weak that is not weak in the store’s own', () => {
    const weak = ({ protection }: typeof usual) =>
      protection.rows.filter(({ verdict }) => verdict === 'weak').map(({ text }) => text);
    expect(weak(reviewed)).toEqual(weak(usual));
  });
});

const most = 'maximum API tasks';

test('the capacity of an API of one’s own is not measured, until it is', () => {
  expect(limitOf(most, { app: own })).toMatchObject({ maxLoad: 'not measured' });
  const measured = limitOf(most, { app: own, appCapacity: { cpuMicroseconds: 2_000, measuredOn: '2026-11-30' } });
  // 6 tasks × 1 vCPU × 70% at the warning ÷ 2 ms = 2,100 requests/s at the API
  expect(measured?.calculation).toContain('1,000,000 µs ÷ 2,000 µs a request');
  expect(measured?.calculation).toContain('2,100 requests/s at the API');
  expect(measured?.sources).toContain('setting appCapacity (npm run measure)');
});

test('a site that is rendered is not taken for the API', () => {
  expect(limitOf(most, { app: { site: { image } } })?.calculation).toEqual(limitOf(most, {})?.calculation);
});
