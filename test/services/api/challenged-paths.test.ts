import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { serve } from '@hono/node-server';
import * as fc from 'fast-check';
import { routes } from '../../../services/api/routes';
import { challengedPaths } from '../../../services/contract';
import { setUp } from '../../support/set-up';
import { type ApiOnParts, startApiOnParts } from './api-on-parts';

test('the firewall’s paths are the table’s routes with `challenged`, which are asked by POST and have no parameter', () => {
  const challenged = routes.filter((route) => route.challenged === true);
  expect(challenged.map(({ path }) => path).toSorted()).toEqual([...challengedPaths].toSorted());
  for (const { method, path } of challenged) expect([method, path.includes('{')]).toEqual(['post', false]);
});

/** AWS WAF developer guide, text transformations: the path without query and fragment, URL_DECODE, then NORMALIZE_PATH. */
function asTheFirewallSees(target: string): string {
  const [path = ''] = target.split(/[?#]/);
  const decoded = path.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const kept: string[] = [];
  for (const part of decoded.split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  return `/${kept.join('/')}`;
}

const encoded = (path: string, places: readonly number[]): string =>
  path.replaceAll(/./g, (letter, at: number) =>
    at > 0 && places.includes(at) ? `%${letter.charCodeAt(0).toString(16)}` : letter,
  );

describe('a challenged route', () => {
  let api: ApiOnParts;
  let port: number;
  setUp(async (started) => {
    api = await started.use(startApiOnParts());
    const server = serve({ fetch: api.app.fetch, port: 0, hostname: '127.0.0.1' }) as Server;
    started.defer(() => server.close());
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });

  /** Sent as it is written: a client would put the path in order. */
  const post = async (target: string): Promise<number> => {
    const socket = connect(port, '127.0.0.1');
    socket.end(`POST ${target} HTTP/1.1\r\nhost: shop.example\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    return Number(answer.split(' ')[1]);
  };

  const between = fc.constantFrom('/', '//', '/./', '/x/../', '/%2e/', '/x/%2E%2e/', '/%2f', '\\', '/;/', '%2F');
  const after = fc.constantFrom('', '/', '?a=1', '#a', '%00', '%20', ';a', '/.', '/x/..', '%2f', '%3f', '%23');
  const written = fc
    .record({
      path: fc.constantFrom(...challengedPaths),
      places: fc.array(fc.nat({ max: 20 }), { maxLength: 3 }),
      slashes: fc.array(between, { maxLength: 4 }),
      end: after,
    })
    .map(({ path, places, slashes, end }) => {
      const [, ...parts] = path.split('/');
      const marked = parts.map((part, index) => `${index === 0 ? '/' : (slashes[index - 1] ?? '/')}${encoded(part, places)}`);
      return `${marked.join('')}${end}`;
    });

  it('is reached by no way of writing its path that the firewall takes for another', async () => {
    let reached = 0;
    const check = async (target: string): Promise<void> => {
      const status = await post(target);
      if ([400, 404, 405].includes(status) && !(challengedPaths as readonly string[]).includes(target)) return;
      reached += 1;
      expect([target, challengedPaths]).toEqual([target, expect.arrayContaining([asTheFirewallSees(target)])]);
    };
    await fc.assert(fc.asyncProperty(written, check), { seed: 20261129, numRuns: 300 });
    expect(reached).toBeGreaterThan(30); // or the property says little
  });
});
