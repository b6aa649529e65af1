import { Template } from '../../../../template/template';
import { withoutResources } from '../../../../template/without-resources';
import type { SettingSaving } from '../types';
import { alarmsCalled } from './alarms-of';

/** Rules of the catalogue that only add detail to another alarm. A test compares the list with the catalogue. */
export const diagnosticRules = [
  'cache-connections',
  'cache-evictions',
  'cache-fallback',
  'cache-host-cpu',
  'client-errors',
  'database-disk-operations',
  'database-disk-throughput',
  'database-load',
  'database-read-latency',
  'database-write-latency',
  'jobs-cache-connections',
  'jobs-cache-swap',
  'proxy-pinned-sessions',
  'rejected-connections',
  'response-time-p99',
  'worker-at-maximum',
] as const;

/** The id of an alarm: its rule, the number of its node, and how severe it is. */
const diagnosticId = new RegExp(`^(${diagnosticRules.join('|')})(-\\d+)?-(warning|critical)$`);

export const noDiagnosticAlarms: SettingSaving = {
  name: 'No diagnostic alarms',
  risk: 'The alarms that remain show the same problems, with less of their cause.',
  lowersAvailability: false,
  source: 'docs/alarms.md, those in italics',
  change: (store) => {
    const changed = alarmsCalled(diagnosticId, new Template(store.source));
    if (changed.length === 0) return undefined;
    const source = withoutResources(store.source, changed);
    return { store: { ...store, source }, settings: { alarms: { diagnostics: false } }, changed };
  },
};
