import type { Payments } from '../payments';
import type { Traces } from '../traces';

/** `call`, recorded as a call of `service` by its name alone. */
export function traceCall<P extends unknown[], R>(
  traces: Traces,
  service: string,
  name: string,
  call: (...parameters: P) => Promise<R>,
): (...parameters: P) => Promise<R> {
  const start = { name: `${service} ${name}`, kind: 'client', attributes: { 'service.peer.name': service } } as const;
  return (...parameters) => traces.call(start, () => call(...parameters));
}

/** Records all that is asked of Stripe. */
export const tracePayments = (payments: Payments, traces: Traces): Payments => ({
  createIntent: traceCall(traces, 'stripe', 'createIntent', (order) => payments.createIntent(order)),
  readIntent: traceCall(traces, 'stripe', 'readIntent', (id) => payments.readIntent(id)),
  cancelIntent: traceCall(traces, 'stripe', 'cancelIntent', (id) => payments.cancelIntent(id)),
  refund: traceCall(traces, 'stripe', 'refund', (id, request) => payments.refund(id, request)),
  readEvent: (rawBody, signature) => payments.readEvent(rawBody, signature),
});
