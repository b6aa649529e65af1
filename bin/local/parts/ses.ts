import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { emailPage, type SesEmail } from './ses-pages';

export interface SesStandIn {
  readonly url: string;
  readonly taken: readonly SesEmail[];
  /** The next one is refused so. */
  refuseNext(name: string, message: string): void;
  /** Those for which this is false are more than SES takes at the time. */
  takeWhere(within: (email: SesEmail) => boolean): void;
  /** Requests get no answer until the function that it gives is called; resolves when there is one. */
  hang(): { readonly asked: Promise<void>; readonly answer: () => void };
  stop(): Promise<void>;
}

/**
 * Says what SES says to SendEmail, on 127.0.0.1, and sends nothing; the rest of its address is pages on which one reads what was sent. In memory.
 * @param onTaken is told of an e-mail and of its page
 */
export async function startSes(onTaken: (email: SesEmail, url: string) => void = () => undefined): Promise<SesStandIn> {
  const taken: SesEmail[] = [];
  const refusals: { readonly name: string; readonly message: string }[] = [];
  let within: ((email: SesEmail) => boolean) | undefined;
  let hanging: { readonly asked: () => void; readonly held: Promise<void> } | undefined;
  const server = createServer((request, response) => {
    if (request.method === 'GET') showPage(request.url ?? '', taken, response);
    else void answer(request, response);
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const email = (await json(request)) as SesEmail;
    hanging?.asked();
    await hanging?.held;
    const tooFast = { name: 'TooManyRequestsException', message: 'Maximum sending rate exceeded.' };
    const refusal = refusals.shift() ?? (within?.(email) === false ? tooFast : undefined);
    if (refusal) {
      response.writeHead(400, { 'content-type': 'application/json', 'x-amzn-errortype': refusal.name });
      response.end(JSON.stringify({ message: refusal.message }));
      return;
    }
    if (request.url === '/v2/email/outbound-emails') {
      taken.push(email);
      onTaken(email, `${url}/emails/${taken.length}`);
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ MessageId: `ses-${taken.length}` }));
  };
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    taken,
    refuseNext: (name, message) => void refusals.push({ name, message }),
    takeWhere: (test) => {
      within = test;
    },
    hang: () => {
      const { promise: asked, resolve } = Promise.withResolvers<void>();
      const { promise: held, resolve: release } = Promise.withResolvers<void>();
      hanging = { asked: resolve, held };
      return {
        asked,
        answer: () => {
          hanging = undefined;
          release();
        },
      };
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function showPage(path: string, taken: readonly SesEmail[], response: ServerResponse): void {
  const page = emailPage(path, taken);
  response.writeHead(page ? 200 : 404, {
    'content-type': 'text/html; charset=utf-8',
    ...(page && { 'content-security-policy': page.policy }),
  });
  response.end(page?.html ?? 'There is no such page');
}
