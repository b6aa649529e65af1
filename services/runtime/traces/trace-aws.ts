import type { Traces } from '../traces';

/** What every client of the SDK has, whatever its service. */
interface AwsClient {
  readonly middlewareStack: {
    add(
      middleware: (
        next: (args: never) => Promise<never>,
        context: { readonly clientName?: string; readonly commandName?: string },
      ) => (args: never) => Promise<never>,
      options: { readonly name: string; readonly step: 'finalizeRequest'; readonly priority: 'low' },
    ): void;
  };
}

/**
 * Records each request of a client by its command: no key, no address. Where a request is about to leave, so that one that is tried again is two, and a link
 * that is only signed is none.
 */
export function traceAws(client: object, traces: Traces): void {
  (client as AwsClient).middlewareStack.add(
    (next, { clientName = '', commandName = '' }) =>
      (args) => {
        const [service, method] = [clientName.replace(/Client$/, ''), commandName.replace(/Command$/, '')];
        const attributes = { 'rpc.system.name': 'aws-api', 'rpc.method': `${service}/${method}` };
        return traces.call({ name: `${service}/${method}`, kind: 'client', attributes }, () => next(args));
      },
    { name: 'traces', step: 'finalizeRequest', priority: 'low' },
  );
}
