/** What S3 does and its stand-in leaves out: signatures of links, uploads that must not overwrite, and answers to pages of other origins. */
import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { buildApp } from 'fauxqs';

type App = ReturnType<typeof buildApp>;

export interface Rules {
  /** The secret access key that links are signed with. */
  readonly secretKey: string;
  /** Headers that a page may send; one that ends with `*` stands for all that begin so. */
  readonly uploadHeaders: readonly string[];
  readonly hasObject: (bucket: string, key: string) => boolean;
}

interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
}

export function addRules(app: App, rules: Rules): void {
  app.addHook('onRequest', async (request, reply) => {
    const { method, headers } = request;
    const asked = { method, headers, url: new URL(request.raw.url ?? '/', `http://${headers.host}`) };
    if (headers.origin !== undefined)
      reply.header('access-control-allow-origin', '*').header('access-control-expose-headers', 'ETag');
    if (method === 'OPTIONS') {
      if (!preflightAllowed(headers, rules)) return reply.code(403).send();
      const wanted = headers['access-control-request-headers'] ?? '';
      return reply.header('access-control-allow-methods', 'PUT, POST').header('access-control-allow-headers', wanted).send();
    }
    const [status, code] = refusalOf(asked, rules) ?? [];
    if (status === undefined) return undefined;
    return reply.code(status).type('application/xml').send(`<Error><Code>${code}</Code></Error>`);
  });
}

function preflightAllowed(headers: IncomingHttpHeaders, { uploadHeaders }: Rules): boolean {
  const wanted = (headers['access-control-request-headers'] ?? '').split(',').map((name) => name.trim().toLowerCase());
  const allowed = (name: string) =>
    uploadHeaders.some((known) => (known.endsWith('*') ? name.startsWith(known.slice(0, -1)) : name === known));
  return (
    ['PUT', 'POST'].includes(headers['access-control-request-method'] ?? '') &&
    wanted.every((name) => name === '' || allowed(name))
  );
}

function refusalOf(asked: Asked, { secretKey, hasObject }: Rules): readonly [status: number, code: string] | undefined {
  const { method, url, headers } = asked;
  const query = url.searchParams;
  if (query.has('X-Amz-Signature')) {
    const ends = timeOf(query.get('X-Amz-Date') ?? '') + Number(query.get('X-Amz-Expires')) * 1_000;
    if (!(ends > Date.now())) return [403, 'AccessDenied'];
    if (signatureOf(asked, secretKey) !== query.get('X-Amz-Signature')) return [403, 'SignatureDoesNotMatch'];
  }
  const [, bucket = '', ...key] = decodeURIComponent(url.pathname).split('/');
  if (method === 'PUT' && headers['if-none-match'] === '*' && hasObject(bucket, key.join('/')))
    return [412, 'PreconditionFailed'];
  return undefined;
}

/** `20261129T180000Z` in ms; NaN for anything else. */
const timeOf = (text: string): number => Date.parse(text.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html (read 2026-11-29). */
function signatureOf({ method, url, headers }: Asked, secretKey: string): string {
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted();
  const signedHeaders = url.searchParams.get('X-Amz-SignedHeaders') ?? '';
  const lines = signedHeaders.split(';').map((name) => `${name}:${String(headers[name] ?? '').trim()}\n`);
  const canonical = [method, url.pathname, query.join('&'), lines.join(''), signedHeaders, 'UNSIGNED-PAYLOAD'].join('\n');
  const [, ...scope] = (url.searchParams.get('X-Amz-Credential') ?? '').split('/');
  const hash = createHash('sha256').update(canonical).digest('hex');
  const text = ['AWS4-HMAC-SHA256', url.searchParams.get('X-Amz-Date'), scope.join('/'), hash].join('\n');
  const key = scope.reduce<string | Buffer>((before, part) => hmac(before, part), `AWS4${secretKey}`);
  return hmac(key, text).toString('hex');
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
