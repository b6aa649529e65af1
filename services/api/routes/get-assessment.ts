import * as z from 'zod';
import { assessLoad } from '../load/assess-load';
import { route } from '../route';

const light = z.enum(['green', 'yellow', 'red', 'unknown']);

const assessment = z
  .object({
    score: z
      .int()
      .min(0)
      .max(100)
      .nullable()
      .meta({ description: 'null while most is unknown, as in the minutes after a start' }),
    light,
    confidence: z.number().min(0).max(1).meta({ description: 'Share of what a task can know of itself that is known' }),
    parts: z.array(
      z.object({ title: z.string(), unit: z.string(), value: z.number().nullable(), score: z.number().nullable(), light }),
    ),
    recommendations: z.array(z.object({ action: z.string(), does: z.string(), reason: z.string() })),
  })
  .meta({ id: 'Assessment' });

export const getAssessment = route({
  method: 'get',
  path: '/api/metrics/scalability/assessment',
  operationId: 'getAssessment',
  tag: 'Operations',
  summary:
    'Score, status and recommendations of the task that answers, by its own response times, errors, queries, CPU, memory and cache reads. For the whole store: npm run assess',
  access: 'operator',
  limit: 'api',
  answers: { 200: { description: 'The assessment', schema: assessment } },
  handle: async (_request, { load, store }) => {
    const { score, light: of, confidence, parts, recommendations } = assessLoad(load.points(), store);
    const body: z.input<typeof assessment> = {
      score: score ?? null,
      light: of,
      confidence,
      parts: parts.map((part) => ({
        title: part.title,
        unit: part.unit,
        value: part.value ?? null,
        score: part.score ?? null,
        light: part.light,
      })),
      recommendations: recommendations.map(({ action, does, reason }) => ({ action, does, reason })),
    };
    return { status: 200, body };
  },
});
