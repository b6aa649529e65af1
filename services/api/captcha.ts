import * as z from 'zod';
import type { CaptchaProvider } from '../contract';

export interface CaptchaSettings {
  readonly provider: CaptchaProvider;
  readonly secretKey: string;
  /** A stand-in on loopback. @default - the provider itself */
  readonly api?: URL | undefined;
}

/** The provider did not tell whether a token is good, or the store's key is wrong. */
export class CaptchaError extends Error {
  readonly code = 'CAPTCHA';

  constructor(provider: CaptchaProvider, cause: unknown) {
    super(`${provider} did not judge a token`, { cause });
    this.name = 'CaptchaError';
  }
}

/** `hostname`: of the page where it was solved, as far as it is worth a check. `reasons`: the provider's own words. */
export type CaptchaVerdict =
  | { readonly passed: true; readonly hostname: string | undefined }
  | { readonly passed: false; readonly reasons: readonly string[] };

export interface Captcha {
  /** Uses the token up: both providers take one once. @throws {CaptchaError} */
  verify(token: string): Promise<CaptchaVerdict>;
}

/** Cloudflare's and hCaptcha's developer guides: one form, and one answer. What hCaptcha's `hostname` is worth was not found: docs/unproven.md. */
const providers: Readonly<Record<CaptchaProvider, { readonly url: string; readonly tellsHostname: boolean }>> = {
  turnstile: { url: 'https://challenges.cloudflare.com/turnstile/v0/siteverify', tellsHostname: true },
  hcaptcha: { url: 'https://api.hcaptcha.com/siteverify', tellsHostname: false },
};

/** ms that the provider may take: an assumption; a viewer waits for it. */
const limitMs = 3_000;

/** What no token of a client brings about; all other reasons are the token's. */
const ours = new Set(['missing-input-secret', 'invalid-input-secret', 'missing-remoteip', 'invalid-remoteip', 'internal-error']);

const answerForm = z.object({
  success: z.boolean(),
  hostname: z.string().optional(),
  'error-codes': z.array(z.string()).default([]),
});

/**
 * Asks once: a token counts once, and a second question about it would be refused. The viewer's address is not sent: it is nobody's but theirs, and a
 * phone may have got its token by another one.
 */
export function createCaptcha({ provider, secretKey, api }: CaptchaSettings, { timeoutMs = limitMs } = {}): Captcha {
  const { url, tellsHostname } = providers[provider];
  const ask = async (token: string): Promise<CaptchaVerdict> => {
    const response = await fetch(api ?? url, {
      method: 'POST',
      body: new URLSearchParams({ secret: secretKey, response: token }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = answerForm.parse(await response.json());
    if (answer.success) return { passed: true, hostname: tellsHostname ? (answer.hostname ?? '') : undefined };
    const reasons = answer['error-codes'];
    if (response.status >= 500 || reasons.some((reason) => ours.has(reason)))
      throw new Error(reasons.join(', ') || `${response.status}`);
    return { passed: false, reasons };
  };
  return {
    verify: async (token) => {
      try {
        return await ask(token);
      } catch (error) {
        throw new CaptchaError(provider, error);
      }
    },
  };
}
