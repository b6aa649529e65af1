import * as z from 'zod';
import { time } from '../../runtime/forms';
import { databaseLoad } from '../load/database-load';
import { route } from '../route';

const percent = z.number().optional();

const scalability = z
  .object({
    store: z.string(),
    timestamp: time,
    task: z
      .object({
        seconds: z.number().meta({ description: 'Length of the measured period' }),
        uptimeSeconds: z.number(),
        requests: z.int(),
        requestsPerSecond: z.number(),
        errorPercent: percent,
        responseMs: z.object({ average: z.number(), p50: z.number(), p95: z.number(), p99: z.number() }).optional(),
        queryMs: z.number().optional(),
        cacheHitPercent: percent,
        cpuPercent: z.number(),
        memoryPercent: z.number(),
      })
      .meta({ description: 'The task that answers; each task has its own figures' }),
    pool: z
      .object({ total: z.int(), idle: z.int(), waiting: z.int().meta({ description: 'Queries that wait for a connection' }) })
      .meta({ description: 'The task’s connections to the primary' }),
    database: z
      .object({ sizeBytes: z.number(), connections: z.int(), maxConnections: z.int() })
      .nullable()
      .meta({ description: 'null while the database does not answer' }),
  })
  .meta({ id: 'Scalability' });

export const getScalability = route({
  method: 'get',
  path: '/api/metrics/scalability',
  operationId: 'getScalability',
  tag: 'Operations',
  summary: 'Response time, throughput, errors, memory, CPU, size and connections of the database',
  access: 'operator',
  limit: 'api',
  answers: { 200: { description: 'The figures', schema: scalability } },
  handle: async (_request, { load, store, database, cached }) => {
    const { at: _at, ...task } = load.latest();
    const { writer } = database;
    const body: z.input<typeof scalability> = {
      store: store.name,
      timestamp: new Date().toISOString(),
      task: { ...task, uptimeSeconds: process.uptime() },
      pool: { total: writer.totalCount, idle: writer.idleCount, waiting: writer.waitingCount },
      database: await databaseLoad(database, cached).catch(() => null),
    };
    return { status: 200, body };
  },
});
