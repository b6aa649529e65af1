import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { DatabaseLoad } from './database-load';
import type { LoadPoint } from './load-history';

export interface Prometheus {
  /** Counts a request; `path` as the table of routes has it. */
  request(method: string, path: string, status: number): void;
  /** The text that Prometheus reads, with today's values of what [scalability-report] names. */
  text(load: LoadPoint, database: DatabaseLoad | undefined): Promise<string>;
}

export const prometheusType = new Registry().contentType;

export function createPrometheus(): Prometheus {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests answered',
    labelNames: ['method', 'path', 'status'],
    registers,
  });
  const gauge = <T extends string>(name: string, help: string, labelNames: readonly T[] = []) =>
    new Gauge<T>({ name, help, labelNames, registers });
  const responseTime = gauge('response_time_milliseconds', 'Response time of the last minutes', ['quantile']);
  const perSecond = gauge('requests_per_second', 'Requests of the last minutes a second');
  const errors = gauge('error_rate_percent', 'Answers of 5xx in all of the last minutes');
  const memory = gauge('memory_usage_percent', 'Resident memory in what the container may use');
  const cpu = gauge('cpu_usage_percent', 'CPU time in that of all cores');
  const queryTime = gauge('query_time_milliseconds', 'Mean time of a query in the last minutes');
  const hitRate = gauge('cache_hit_rate_percent', 'Reads that the cache answered in the last minutes');
  const databaseSize = gauge('database_size_bytes', 'Size of the store’s database');
  const connections = gauge('active_connections', 'Connections of the database, of all tasks');
  return {
    request: (method, path, status) => requests.inc({ method, path, status: String(status) }),
    text: (load, database) => {
      responseTime.reset();
      if (load.responseMs) {
        const { p50, p95, p99 } = load.responseMs;
        for (const [quantile, ms] of [
          ['0.5', p50],
          ['0.95', p95],
          ['0.99', p99],
        ] as const)
          responseTime.set({ quantile }, ms);
      }
      perSecond.set(load.requestsPerSecond);
      errors.set(load.errorPercent ?? 0);
      memory.set(load.memoryPercent);
      cpu.set(load.cpuPercent);
      queryTime.set(load.queryMs ?? 0);
      hitRate.set(load.cacheHitPercent ?? 0);
      if (database) {
        databaseSize.set(database.sizeBytes);
        connections.set(database.connections);
      }
      return registry.metrics();
    },
  };
}
