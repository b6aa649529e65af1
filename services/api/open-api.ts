import * as z from 'zod';
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { captchaTokenHeader, healthPaths } from '../contract';
import { livenessSchema, readinessSchema } from './health';
import { type ProblemCode, problemMembers, problems } from './problem';
import { requestIdHeader } from './request-log';
import { type Access, type Route, tags } from './route';
import { partitioned, sessionCookie } from './sessions';

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
    tags: tags.map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookie,
          description: `Set by logging in; \`${partitioned(sessionCookie)}\` where pages of other sites may call the API`,
        },
        bearer: { type: 'http', scheme: 'bearer', description: 'The token of an admin’s session, for programs without cookies' },
        stripe: { type: 'apiKey', in: 'header', name: 'stripe-signature', description: 'HMAC of Stripe over the body' },
      },
    },
  });
}

const security: Readonly<Record<Access, { [scheme: string]: string[] }[]>> = {
  anyone: [],
  customer: [{ session: [] }],
  owner: [{ session: [] }],
  operator: [{ session: [] }, { bearer: [] }],
  stripe: [{ stripe: [] }],
};

function operation(route: Route): ZodOpenApiOperationObject {
  const { params, query, headers, body = route.rawBodyForm } = route;
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    security: security[route.access],
    requestParams: {
      ...(params && { path: params }),
      ...(query && { query }),
      ...((headers ?? route.challenged) && { header: route.challenged ? captchaToken.extend(headers?.shape ?? {}) : headers }),
    },
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: { ...answers(route), ...refusals(problemsOf(route)) },
  };
}

/** Not checked as input: whether it is needed depends on the store. */
const captchaToken = z.object({
  [captchaTokenHeader]: z.string().optional().meta({ description: 'Token of the captcha, where the store asks for one' }),
});

function answers(route: Route): ZodOpenApiResponsesObject {
  const documented: ZodOpenApiResponsesObject = {};
  for (const [status, form] of Object.entries(route.answers)) {
    documented[status as '200'] = {
      description: form.description,
      headers: { ...requestHeaders(route), ...stringHeaders(form.headers ?? {}) },
      ...(form.schema && { content: { [form.contentType ?? 'application/json']: { schema: form.schema } } }),
    };
  }
  if (route.cacheControl !== undefined) {
    documented['304'] = { description: 'The client has this version already', headers: requestHeaders(route) };
  }
  return documented;
}

type Headers = Record<string, { description: string; required: boolean; schema: { type: 'string' | 'integer' } }>;

/** Headers that every answer of a route has unless it is refused. */
function requestHeaders({ limit, cacheControl }: Route): Headers {
  return {
    ...always,
    ...(limit && cacheControl === undefined && limitHeaders),
    ...(cacheControl !== undefined && stringHeaders({ etag: 'Version of the answer, for `if-none-match`' })),
  };
}

const stringHeaders = (descriptions: Readonly<Record<string, string>>): Headers =>
  Object.fromEntries(
    Object.entries(descriptions).map(([name, description]) => [
      name,
      { description, required: true, schema: { type: 'string' } },
    ]),
  );

const wholeNumber = (description: string) => ({ description, required: true, schema: { type: 'integer' } }) as const;

const always = stringHeaders({
  [requestIdHeader]: 'Include it in support requests: the logs contain it',
  'cache-control': 'Caching rules of the answer',
});
const limitHeaders: Headers = {
  'x-ratelimit-limit': wholeNumber('Requests in a window'),
  'x-ratelimit-remaining': wholeNumber('Requests left in the window'),
  'x-ratelimit-reset': wholeNumber('Seconds until the window ends'),
};

/** Every problem that a route may answer with: its own, and what follows from its form. */
function problemsOf(route: Route): readonly ProblemCode[] {
  const { access, limit, params, query, headers, body, method } = route;
  const found: ProblemCode[] = [...(route.problems ?? [])];
  if (params ?? query ?? headers ?? body) found.push('invalid-request');
  if (body) found.push('unsupported-media-type');
  if (method !== 'get' && access !== 'stripe') found.push('cross-origin');
  if (route.challenged) found.push('captcha-refused');
  if (method !== 'get') found.push('body-too-large', 'body-incomplete');
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
        headers: { ...always, ...(status === '429' && tooManyHeaders) },
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
}

const tooManyHeaders: Headers = { ...limitHeaders, 'retry-after': wholeNumber('Seconds') };

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
    requestId: z.string().meta({ description: 'Include it in support requests: the logs contain it' }),
    detail: z.string().optional(),
    errors: z
      .array(z.object({ in: z.enum(['path', 'query', 'header', 'body']), path: z.string(), message: z.string() }))
      .optional(),
    ...problemMembers.shape,
  })
  .meta({ id: 'Problem' });

const answer = (description: string, schema: z.ZodType) => ({
  description,
  headers: always,
  content: { 'application/json': { schema } },
});

const healthOperations: NonNullable<ZodOpenApiObject['paths']> = {
  [healthPaths.live]: {
    get: {
      operationId: 'getHealth',
      tags: ['Operations'],
      summary: 'The process answers',
      security: [],
      responses: { '200': answer('The process answers', livenessSchema) },
    },
  },
  [healthPaths.ready]: {
    get: {
      operationId: 'getReadiness',
      tags: ['Operations'],
      summary: 'Database and cache answer too',
      security: [],
      responses: { '200': answer('Both answer', readinessSchema), '503': answer('One of them does not answer', readinessSchema) },
    },
  },
};
