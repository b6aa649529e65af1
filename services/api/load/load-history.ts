import { availableParallelism, totalmem } from 'node:os';
import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { pointSeconds } from '../../../alarms/assessment/measure';

/** What one process saw in a stretch of time. Times in ms, shares in percent; undefined where nothing was measured. */
export interface LoadPoint {
  /** Epoch seconds of its start, and its length. */
  readonly at: number;
  readonly seconds: number;
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly errorPercent: number | undefined;
  readonly responseMs: { readonly average: number; readonly p50: number; readonly p95: number; readonly p99: number } | undefined;
  readonly queryMs: number | undefined;
  readonly cacheHitPercent: number | undefined;
  /** Of the cores that the process may use. */
  readonly cpuPercent: number;
  readonly memoryPercent: number;
}

export interface LoadHistory {
  request(status: number, ms: number): void;
  query(ms: number): void;
  cacheRead(hit: boolean): void;
  /** Complete points of five minutes of the last day, the oldest first. */
  points(): readonly LoadPoint[];
  /** The last five minutes at the most, a minute at the least where there is as much. */
  latest(): LoadPoint;
}

/** Points of five minutes, as CloudWatch keeps them, of one day. */
const mostPoints = 288;
const leastSeconds = 60;

interface Current {
  readonly since: number;
  readonly cpuMicros: number;
  readonly response: RecordableHistogram;
  errors: number;
  queries: number;
  queryMs: number;
  hits: number;
  reads: number;
}

/** `now`: ms since 1970. */
export function createLoadHistory(now: () => number = Date.now): LoadHistory {
  const past: LoadPoint[] = [];
  let current = begin(now());

  /** Without a timer: whoever comes after the end of a point closes it. */
  const collecting = (): Current => {
    const end = (Math.floor(current.since / 1000 / pointSeconds) + 1) * pointSeconds * 1000;
    if (now() < end) return current;
    past.push(pointOf(current, now()));
    if (past.length > mostPoints) past.shift();
    current = begin(now());
    return current;
  };
  return {
    request: (status, ms) => {
      const at = collecting();
      at.response.record(Math.max(1, Math.round(ms * 1000)));
      if (status >= 500) at.errors += 1;
    },
    query: (ms) => {
      const at = collecting();
      at.queries += 1;
      at.queryMs += ms;
    },
    cacheRead: (hit) => {
      const at = collecting();
      at.reads += 1;
      if (hit) at.hits += 1;
    },
    points: () => {
      collecting();
      return past;
    },
    latest: () => {
      const point = pointOf(collecting(), now());
      return point.seconds < leastSeconds ? (past.at(-1) ?? point) : point;
    },
  };
}

const cpuMicros = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

function begin(since: number): Current {
  return { since, cpuMicros: cpuMicros(), response: createHistogram(), errors: 0, queries: 0, queryMs: 0, hits: 0, reads: 0 };
}

function pointOf({ since, response, errors, queries, queryMs, hits, reads, ...then }: Current, now: number): LoadPoint {
  const seconds = Math.max(0.001, (now - since) / 1000);
  const requests = response.count;
  const ms = (percent: number) => response.percentile(percent) / 1000;
  return {
    at: Math.floor(since / 1000 / pointSeconds) * pointSeconds,
    seconds,
    requests,
    requestsPerSecond: requests / seconds,
    errorPercent: requests === 0 ? undefined : (errors / requests) * 100,
    responseMs: requests === 0 ? undefined : { average: response.mean / 1000, p50: ms(50), p95: ms(95), p99: ms(99) },
    queryMs: queries === 0 ? undefined : queryMs / queries,
    cacheHitPercent: reads === 0 ? undefined : (hits / reads) * 100,
    cpuPercent: ((cpuMicros() - then.cpuMicros) / (seconds * 1e6 * availableParallelism())) * 100,
    memoryPercent: (process.memoryUsage.rss() / memoryLimit()) * 100,
  };
}

/** Bytes that the container may use; without a limit, what the machine has. */
function memoryLimit(): number {
  const limit = process.constrainedMemory();
  return limit > 0 && limit < totalmem() ? limit : totalmem();
}
