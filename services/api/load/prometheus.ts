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
  const responseTime = gauge('response_time_milliseconds', 'Response time in the last minutes', ['quantile']);
  const ofLoad = [
    [gauge('requests_per_second', 'Requests a second in the last minutes'), 'requestsPerSecond'],
    [gauge('error_rate_percent', 'Share of 5xx answers in the last minutes'), 'errorPercent'],
    [gauge('memory_usage_percent', 'Resident memory as a share of what the container may use'), 'memoryPercent'],
    [gauge('cpu_usage_percent', 'CPU time as a share of all cores'), 'cpuPercent'],
    [gauge('query_time_milliseconds', 'Mean query time in the last minutes'), 'queryMs'],
    [gauge('cache_hit_rate_percent', 'Share of reads that the cache answered in the last minutes'), 'cacheHitPercent'],
  ] as const;
  const databaseSize = gauge('database_size_bytes', 'Size of the database');
  const connections = gauge('active_connections', 'Database connections of all tasks');
  return {
    request: (method, path, status) => requests.inc({ method, path, status: String(status) }),
    text: (load, database) => {
      responseTime.reset();
      if (load.responseMs) {
        const { p50, p95, p99 } = load.responseMs;
        for (const [quantile, ms] of Object.entries({ '0.5': p50, '0.95': p95, '0.99': p99 })) responseTime.set({ quantile }, ms);
      }
      for (const [metric, name] of ofLoad) metric.set(load[name] ?? 0);
      if (database) {
        databaseSize.set(database.sizeBytes);
        connections.set(database.connections);
      }
      return registry.metrics();
    },
  };
}
