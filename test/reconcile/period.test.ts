import type { BilledGroup } from '../../lib/reconcile/billed';
import { foreseenShare, periodOf } from '../../lib/reconcile/period';

const group = (from: string | undefined, to: string | undefined, usageType = 'hourly'): BilledGroup => ({
  month: '2026-10',
  category: 'usage',
  service: '',
  usageType,
  operation: '',
  unit: '',
  rows: 1,
  quantity: 1,
  usd: 1,
  from,
  to,
});

const of = (groups: readonly BilledGroup[], month = '2026-10') =>
  periodOf(month, groups, ({ usageType }) => usageType === 'hourly');

test('it is from the first to the last hour of what is billed by the hour', () => {
  const monthly = group('2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z', 'HostedZone');
  const period = of([
    monthly,
    group('2026-10-05T06:00:00Z', '2026-10-06T00:00:00Z'),
    group('2026-10-08 00:00:00', '2026-10-09 00:00:00'),
  ]);

  expect(period).toMatchObject({ from: '2026-10-05T06:00:00Z', to: '2026-10-09T00:00:00Z', hours: 90, monthHours: 744 });
  expect(foreseenShare(period, 'GB-month')).toBe(90 / 744);
  expect(foreseenShare(period, 'vCPU-hour')).toBe(90 / 730);
});

test.each<[string, readonly BilledGroup[]]>([
  ['nothing was used', []],
  ['no row has a time', [group(undefined, undefined)]],
  ['a time is none', [group('soon', '2026-99-99T00:00:00Z')]],
  ['the rows are of other times', [group('2026-08-01T00:00:00Z', '2026-08-02T00:00:00Z')]],
  ['they begin before and end after the month', [group('2026-09-30T23:00:00Z', '2026-11-01T01:00:00Z')]],
])('the month is whole where %s', (_, groups) => {
  expect(of(groups)).toMatchObject({ share: 1, from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z' });
});

test('without anything by the hour, all use tells it', () => {
  expect(of([group('2026-10-03T00:00:00Z', '2026-10-04T00:00:00Z', 'Requests')])).toMatchObject({ hours: 24 });
});

test.each([
  ['2026-02', 672],
  ['2028-02', 696],
  ['2026-12', 744],
])('%s has %i hours', (month, hours) => {
  expect(of([], month).monthHours).toBe(hours);
});
