import * as z from 'zod'; // as a namespace, so that the bundle leaves out what is not used
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { healthPaths } from '../contract';
import { type ProblemCode, problems } from './problem';
import type { Access, Route } from './route';
import { sessionCookie } from './sessions';

/** The document of all routes, from the schemas that check their input. */
export function openApiDocument(routes: readonly Route[]): ReturnType<typeof createDocument> {
  const paths: NonNullable<ZodOpenApiObject['paths']> = { ...healthOperations };
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Store API',
      version: '1',
      description:
        'Amounts are integers in the currency’s smallest unit, times are UTC. Errors are problem documents (RFC 9457) with a stable `code`.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: sessionCookie, description: 'Set by logging in' },
        stripe: { type: 'apiKey', in: 'header', name: 'stripe-signature', description: 'HMAC of Stripe over the body' },
      },
    },
  });
}

const security: Readonly<Record<Access, { [scheme: string]: string[] }[]>> = {
  anyone: [],
  customer: [{ session: [] }],
  owner: [{ session: [] }],
  operator: [{ session: [] }, {}], // within the network nothing is asked for
  stripe: [{ stripe: [] }],
};

function operation(route: Route): ZodOpenApiOperationObject {
  const { params, query, headers, body } = route;
  return {
    summary: route.summary,
    security: security[route.access],
    requestParams: { ...(params && { path: params }), ...(query && { query }), ...(headers && { header: headers }) },
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: { ...answers(route), ...refusals(problemsOf(route)) },
  };
}

function answers(route: Route): ZodOpenApiResponsesObject {
  const documented: ZodOpenApiResponsesObject = {};
  for (const [status, form] of Object.entries(route.answers)) {
    documented[status as '200'] = {
      description: form.description,
      ...(form.schema && { content: { [form.contentType ?? 'application/json']: { schema: form.schema } } }),
    };
  }
  if (route.cacheControl !== undefined) documented['304'] = { description: 'The client has this version already' };
  return documented;
}

/** Every problem that a route may answer with: its own, and what follows from its form. */
function problemsOf(route: Route): readonly ProblemCode[] {
  const { access, limit, params, query, headers, body, method } = route;
  const found: ProblemCode[] = [...(route.problems ?? [])];
  if (params ?? query ?? headers ?? body) found.push('invalid-request');
  if (body) found.push('unsupported-media-type');
  if (method !== 'get') found.push('body-too-large');
  if (access === 'customer' || access === 'owner' || access === 'operator') found.push('log-in-required');
  if (access === 'operator') found.push('not-allowed');
  if (access === 'owner') found.push('not-found');
  if (limit) found.push('too-many-requests');
  return [...new Set([...found, 'internal' as const, 'unavailable' as const])];
}

function refusals(codes: readonly ProblemCode[]): ZodOpenApiResponsesObject {
  const byStatus = Map.groupBy(codes, (code) => String(problems[code].status));
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [
      status,
      {
        description: ofStatus.map((code) => `\`${code}\`: ${problems[code].title}`).join('\n\n'),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
}

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
    requestId: z.string().meta({ description: 'Name it when you ask for help: the logs have it' }),
    detail: z.string().optional(),
    errors: z
      .array(z.object({ in: z.enum(['path', 'query', 'header', 'body']), path: z.string(), message: z.string() }))
      .optional(),
    retryAfter: z.int().optional().meta({ description: 'Seconds' }),
  })
  .meta({ id: 'Problem' });

const healthOperations: NonNullable<ZodOpenApiObject['paths']> = {
  [healthPaths.live]: {
    get: { summary: 'The process answers', security: [], responses: { '200': { description: 'It does' } } },
  },
  [healthPaths.ready]: {
    get: {
      summary: 'Database and cache answer too',
      security: [],
      responses: { '200': { description: 'They do' }, '503': { description: 'One of them does not' } },
    },
  },
};
