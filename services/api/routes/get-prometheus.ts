import * as z from 'zod';
import { databaseLoad } from '../load/database-load';
import { prometheusType } from '../load/prometheus';
import { route } from '../route';

export const getPrometheus = route({
  method: 'get',
  path: '/api/metrics/scalability/prometheus',
  operationId: 'getPrometheus',
  tag: 'Operations',
  summary: 'The same figures for Prometheus',
  access: 'operator',
  limit: 'api',
  answers: { 200: { description: 'Metrics', schema: z.string(), contentType: 'text/plain' } },
  handle: async (_request, { load, prometheus, database, cached }) => {
    const ofDatabase = await databaseLoad(database, cached).catch(() => undefined);
    return { status: 200, text: await prometheus.text(load.latest(), ofDatabase), headers: { 'content-type': prometheusType } };
  },
});
