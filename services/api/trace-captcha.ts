import type { Traces } from '../runtime/traces';
import { traceCall } from '../runtime/traces/trace-calls';
import type { Captcha } from './captcha';

/** Records that a provider was asked, and never about which token. */
export const traceCaptcha = (captcha: Captcha, traces: Traces): Captcha => ({
  verify: traceCall(traces, 'captcha', 'verify', (token: string) => captcha.verify(token)),
});
