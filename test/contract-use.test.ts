import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, metrics, type QueueName, queueNames, sendsTo } from '../services/contract';

/** What a folder's code names of the contract, as `environment.region`, `names.region` or `[metricNames.orders]`. */
function named(folders: readonly string[], objects: readonly string[]): ReadonlySet<string> {
  const form = new RegExp(`\\b(?:${objects.join('|')})\\.(\\w+)`, 'g');
  const found = new Set<string>();
  for (const folder of folders) {
    for (const file of readdirSync(join(__dirname, '..', folder), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue;
      for (const [, name = ''] of readFileSync(join(__dirname, '..', folder, file), 'utf8').matchAll(form)) found.add(name);
    }
  }
  return found;
}

const without = (all: object, some: ReadonlySet<string>): readonly string[] => Object.keys(all).filter((name) => !some.has(name));

/** For a program of somebody's own, which no service of the store is. */
const ofOwnContainers: readonly string[] = [
  'databasePassword',
  'databaseUrl',
  'databaseDirectUrl',
  'databaseReadUrl',
  'redisUrl',
  'jobsRedisUrl',
];

/** AWS gives it to every task and function. */
const ofAws: readonly string[] = ['region'];

/** Counted from PostgreSQL's log by a filter of the stack. */
const ofFilters: readonly string[] = ['slowQueries'];

/** A runbook looks at them, and no dashboard: a customer is told at once, and nobody else can do anything. */
const ofRunbooks: readonly string[] = ['paymentsRefused'];

describe('each name of the contract is there for somebody', () => {
  test('a variable is set by the stack', () => {
    expect(without(environment, named(['lib/constructs'], ['environment']))).toEqual(ofAws);
  });

  test('a variable is read by a service', () => {
    const programs = ['services/api', 'services/worker', 'services/migrations', 'services/assessor', 'services/runtime'];
    expect(without(environment, named(programs, ['names', 'environment']))).toEqual(ofOwnContainers);
  });

  test('a metric is counted by a service, and watched by an alarm or drawn on a dashboard', () => {
    expect(without(metrics, named(['services'], ['metrics', 'metricNames', 'names']))).toEqual(ofFilters);
    expect(without(metrics, named(['alarms', 'lib'], ['metrics', 'metricNames', 'ownMetrics']))).toEqual(ofRunbooks);
  });

  test('a queue has a sender', () => {
    const sent = new Set<QueueName>([...sendsTo.api, ...sendsTo.worker]);
    expect(queueNames.filter((queue) => !sent.has(queue))).toEqual(['analytics']); // which EventBridge Scheduler sends to
  });
});
