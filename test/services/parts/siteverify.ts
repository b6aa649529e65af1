import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export const captchaSecretKey = 'secret-of-the-tests';

/** As the guides of Turnstile and hCaptcha have an answer. */
interface Answer {
  readonly status?: number;
  readonly body: object | string;
}

export type Siteverify = Awaited<ReturnType<typeof startSiteverify>>;

/** A stand-in on 127.0.0.1 of whoever judges tokens. A token is good once, of the page of its host; it says of no other that it is. */
export async function startSiteverify() {
  const solved = new Map<string, string>();
  const used = new Set<string>();
  const asked: Readonly<Record<string, string>>[] = [];
  let next: Answer | 'hang' | undefined;
  let tokens = 0;

  const verdict = (form: Readonly<Record<string, string>>): Answer => {
    const { secret, response = '' } = form;
    if (secret !== captchaSecretKey) return refused('invalid-input-secret');
    if (used.has(response)) return refused('timeout-or-duplicate');
    const hostname = solved.get(response);
    if (hostname === undefined) return refused('invalid-input-response');
    used.add(response);
    return { body: { success: true, 'error-codes': [], hostname, challenge_ts: '2026-11-29T12:00:00Z' } };
  };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const form = Object.fromEntries(new URLSearchParams(body));
      asked.push(form);
      const answer = next ?? verdict(form);
      next = undefined;
      if (answer === 'hang') return;
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', connection: 'close' });
      response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/siteverify`),
    asked,
    /** A person passes the check on a page of this host. */
    solve: (hostname: string): string => {
      tokens += 1;
      solved.set(`token-${tokens}`, hostname);
      return `token-${tokens}`;
    },
    /** The next question gets this answer, or none. */
    answerNext: (answer: Answer | 'hang') => void (next = answer),
    stop: async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export const refused = (...codes: readonly string[]): Answer => ({ body: { success: false, 'error-codes': codes } });
