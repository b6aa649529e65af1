import { alarmId, partsOfAlarmId } from '../../alarms/alarm-id';
import { alarmsOfEveryStore } from './every-store';

describe('the id of an alarm', () => {
  it.each([
    ['api-cpu-critical', { rule: 'api-cpu', instance: undefined, severity: 'Critical' }],
    ['queue-age-email-warning', { rule: 'queue-age', instance: 'email', severity: 'Warning' }],
    ['replica-cpu-2-warning', { rule: 'replica-cpu', instance: '2', severity: 'Warning' }],
    ['cache-cpu-12-critical', { rule: 'cache-cpu', instance: '12', severity: 'Critical' }],
    ['response-time-p99-critical', { rule: 'response-time-p99', instance: undefined, severity: 'Critical' }],
    ['database-storage-days-warning', { rule: 'database-storage-days', instance: undefined, severity: 'Warning' }],
  ] as const)('%s tells rule, instance and severity', (id, parts) => {
    expect(partsOfAlarmId(id)).toEqual(parts);
    expect(alarmId(parts)).toBe(id);
  });

  it.each(['', 'critical', '-critical', 'api-cpu', 'api-cpu-Critical', 'api-cpu-critical-', 'store-slow'])(
    'is not %j',
    (other) => {
      expect(partsOfAlarmId(other)).toBeUndefined();
    },
  );

  it('tells the same that it was made of, for every alarm that a store can have', () => {
    const all = alarmsOfEveryStore();

    expect(all.length).toBeGreaterThan(100);
    expect(all.map(({ id }) => partsOfAlarmId(id))).toEqual(
      all.map(({ rule, instance, severity }) => ({ rule, instance, severity })),
    );
  });
});
