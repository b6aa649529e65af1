import { randomUUID } from 'node:crypto';
import { dropProduct, seededUsers } from '../../../bin/local/seed';
import { createApp } from '../../../services/api/app';
import { type Captcha, CaptchaError, createCaptcha } from '../../../services/api/captcha';
import { openApiDocument } from '../../../services/api/open-api';
import { routes } from '../../../services/api/routes';
import { captchaProviders, captchaTokenHeader, viewerAddressHeader } from '../../../services/contract';
import { setUp } from '../../support/set-up';
import { collectedLog } from '../parts/collected-log';
import { captchaSecretKey, refused, type Siteverify, startSiteverify } from '../parts/siteverify';
import { type ApiOnParts, startApiOnParts } from './api-on-parts';

let provider: Siteverify;
setUp(async (started) => {
  provider = await started.use(startSiteverify());
});

describe.each(captchaProviders)('%s', (name) => {
  const captcha = (secretKey = captchaSecretKey, timeoutMs?: number): Captcha =>
    createCaptcha({ provider: name, secretKey, api: provider.url }, timeoutMs === undefined ? {} : { timeoutMs });

  it('is told the key and the token, and nothing of the viewer', async () => {
    const token = provider.solve('shop.example');
    await captcha().verify(token);
    expect(provider.asked.at(-1)).toEqual({ secret: captchaSecretKey, response: token });
  });

  it('passes a token once', async () => {
    const token = provider.solve('shop.example');
    expect(await captcha().verify(token)).toMatchObject({ passed: true });
    expect(await captcha().verify(token)).toEqual({ passed: false, reasons: ['timeout-or-duplicate'] });
  });

  it.each([['sitekey-secret-mismatch'], ['invalid-input-response'], ['expired-input-response'], ['a-code-of-tomorrow']])(
    'takes %s for the token’s fault',
    async (code) => {
      provider.answerNext(refused(code));
      expect(await captcha().verify('x')).toEqual({ passed: false, reasons: [code] });
    },
  );

  it('passes nothing that it gives no reason for', async () => {
    provider.answerNext(refused());
    expect(await captcha().verify('x')).toEqual({ passed: false, reasons: [] });
  });

  it.each<[string, Parameters<Siteverify['answerNext']>[0]]>([
    ['does not know the store’s key', refused('invalid-input-secret', 'invalid-input-response')],
    ['fails', { status: 503, body: { success: false, 'error-codes': [] } }],
    ['says that it failed', refused('internal-error')],
    ['answers a page', { body: '<!doctype html>' }],
    ['answers something else', { body: { success: 'true' } }],
    ['sends the question elsewhere', { status: 308, body: {} }],
  ])('judges no token while it %s', async (_, answer) => {
    provider.answerNext(answer);
    await expect(captcha().verify(provider.solve('shop.example'))).rejects.toThrow(CaptchaError);
  });

  it('judges no token later than its time limit', async () => {
    provider.answerNext('hang');
    await expect(captcha(captchaSecretKey, 20).verify('x')).rejects.toThrow(CaptchaError);
  });

  it('tells its key to no error', async () => {
    const error: unknown = await captcha('a-wrong-key')
      .verify('x')
      .catch((reason: unknown) => reason);
    const { log, text } = collectedLog();
    log.error('failed', { error });
    expect(`${String(error)} ${String((error as Error).cause)} ${text()}`).not.toContain('a-wrong-key');
  });
});

it('tells the host of Turnstile alone: what that of hCaptcha is worth is not known', async () => {
  const verified = captchaProviders.map((name) =>
    createCaptcha({ provider: name, secretKey: captchaSecretKey, api: provider.url }).verify(provider.solve('shop.example')),
  );
  expect(await Promise.all(verified)).toEqual([
    { passed: true, hostname: 'shop.example' },
    { passed: true, hostname: undefined },
  ]);
});

describe('a store with a captcha', () => {
  const challenged = routes
    .filter((route) => route.challenged === true)
    .map((route) => [`${route.method} ${route.path}`, route] as const);
  const { email, password } = seededUsers.customer;
  /** A route that is challenged has to be here. */
  const bodies: Readonly<Record<string, object>> = {
    'post /api/v1/users': { email: 'new@example.com', password: 'new buys gloves' },
    'post /api/v1/auth/session': { email, password },
    'post /api/v1/auth/password-resets': { email },
    'post /api/v1/orders': { expectedTotalMinor: 9900 },
  };
  let api: ApiOnParts;
  let cookie: string;
  let callers = 0;
  setUp(async (started) => {
    api = await started.use(startApiOnParts());
    await api.reset();
    cookie = await api.logIn('customer');
    await api.call(`/api/v1/cart/items/${dropProduct.id}`, { method: 'PUT', cookie, body: { quantity: 1 } });
  });

  const ask = async (
    path: string,
    method: string,
    token: string | undefined,
    more: { readonly body?: object; readonly host?: string } = {},
  ) => {
    const captcha = createCaptcha({ provider: 'turnstile', secretKey: captchaSecretKey, api: provider.url });
    const cors = { origins: ['https://www.front.example:8443'], otherSites: true };
    const app = createApp({ ...api.props, parts: { ...api.props.parts, captcha, cors } });
    callers += 1;
    const response = await app.request(path, {
      method,
      headers: {
        host: more.host ?? 'shop.example:443',
        cookie: cookie.replace('__Host-session', '__Host-partitioned-session'),
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        [viewerAddressHeader]: `10.8.${callers >> 8}.${callers & 255}`,
        ...(token !== undefined && { [captchaTokenHeader]: token }),
      },
      ...(more.body && { body: JSON.stringify(more.body) }),
    });
    const { code } = (await response.json().catch(() => ({}))) as { readonly code?: string };
    return { status: response.status, code, retryAfter: response.headers.get('retry-after') };
  };

  describe.each(challenged)('%s', (name, { path }) => {
    const post = (token: string | undefined, host?: string) => {
      const { [name]: body = {} } = bodies;
      return ask(path, 'POST', token, { body, ...(host !== undefined && { host }) });
    };

    it.each([
      ['no token', undefined],
      ['an empty one', ''],
      ['one that nobody gave out', 'made-up'],
      ['two words', 'two words'],
      ['letters that no header has', 'ü'],
      ['one that is too long', 'x'.repeat(8_193)],
    ])('refuses %s', async (_, token) => {
      api.reported.length = 0;
      expect([await post(token), api.reported]).toEqual([{ status: 403, code: 'captcha-refused', retryAfter: null }, []]);
    });

    it.each([
      ['the store’s own page', 'shop.example', 'shop.example:443'],
      ['a page of the front end’s origin', 'www.front.example', 'shop.example'],
      ['a page of CloudFront’s own host', 'd111111abcdef8.cloudfront.net', 'internal-store.elb.amazonaws.com'],
    ])('takes a token of %s, once', async (_, hostname, host) => {
      const token = provider.solve(hostname);
      expect((await post(token, host)).code).not.toBe('captcha-refused');
      expect((await post(token, host)).code).toBe('captcha-refused');
    });

    it.each(['evil.example', 'shop.example.evil.example', 'front.example', ''])(
      'refuses a token of a page of %j',
      async (hostname) => {
        expect((await post(provider.solve(hostname))).code).toBe('captcha-refused');
      },
    );

    it('answers 503 and when to come again while the provider is away, and says so to the log', async () => {
      provider.answerNext({ status: 502, body: 'Bad gateway' });
      expect(await post(provider.solve('shop.example'))).toEqual({ status: 503, code: 'unavailable', retryAfter: '5' });
      expect(api.log.lines()).toContainEqual(expect.objectContaining({ level: 'error', code: 'unavailable' }));
    });

    it('is documented with its header and its refusal', () => {
      const operation = openApiDocument(routes).paths?.[path]?.post;
      const parameter = operation?.parameters?.find((one) => 'name' in one && one.name === captchaTokenHeader);
      expect(parameter).toMatchObject({ in: 'header' });
      expect(parameter).not.toHaveProperty('required'); // only where the store asks for it
      expect(JSON.stringify(operation?.responses?.['403'])).toContain('captcha-refused');
    });
  });

  it('uses no token up for input that it refuses', async () => {
    const before = provider.asked.length;
    const { status } = await ask('/api/v1/auth/session', 'POST', provider.solve('shop.example'), { body: { odd: true } });
    expect([status, provider.asked.length]).toEqual([400, before]);
  });

  it('asks for none on other routes', async () => {
    const before = provider.asked.length;
    expect((await ask('/api/v1/cart', 'GET', undefined)).status).toBe(200);
    expect((await ask('/api/v1/auth/session', 'DELETE', undefined)).status).toBe(204);
    expect(provider.asked).toHaveLength(before);
  });
});
