import { captchaTokenHeader } from '../contract';
import { CaptchaError } from './captcha';
import { isOther } from './other-origins';
import type { ApiParts } from './parts';
import { Problem } from './problem';
import type { RequestContext } from './request-log';

/** Characters of a token: Turnstile has up to 2,048; hCaptcha names no limit. */
const tokenForm = /^[\x21-\x7e]{1,8192}$/;

/** Seconds after which a provider that was away is worth another try: an assumption. */
const captchaRetrySeconds = 5;

/** Whoever has no good token goes no further, and nobody does while the provider does not tell: docs/decisions/30-challenge-and-cors.md. */
export async function provePerson(context: RequestContext, { captcha, cors, log }: ApiParts): Promise<void> {
  if (!captcha) return;
  const requestId = context.get('requestId');
  const token = context.req.header(captchaTokenHeader);
  if (token === undefined || !tokenForm.test(token)) {
    throw new Problem('captcha-refused', { detail: `Send the token of the page’s widget in ${captchaTokenHeader}` });
  }
  const verdict = await captcha.verify(token).catch((cause: unknown) => {
    if (!(cause instanceof CaptchaError)) throw cause;
    throw new Problem('unavailable', { cause, headers: { 'retry-after': String(captchaRetrySeconds) } });
  });
  if (!verdict.passed) {
    log.warn('A captcha was refused', { requestId, reasons: verdict.reasons });
    throw new Problem('captcha-refused');
  }
  const { hostname } = verdict;
  if (hostname === undefined || !isOther(`https://${hostname}`, hostOf(context)) || cors.origins.some(isOn(hostname))) return;
  log.warn('A captcha of another page was refused', { requestId, hostname });
  throw new Problem('captcha-refused');
}

const hostOf = (context: RequestContext): string | undefined => context.req.header('host')?.replace(/:\d+$/, '');
const isOn =
  (hostname: string) =>
  (origin: string): boolean =>
    URL.parse(origin)?.hostname === hostname;
