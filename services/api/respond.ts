export const jsonType = 'application/json';

/** Past Hono's context, which would make a `Headers` of them: the server sends a plain object as it is (docs/benchmarks.md). */
export const respond = (body: string | null, status: number, headers: Record<string, string>): Response =>
  new Response(body, { status, headers });
