import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createErrorReports } from '../../../services/runtime/error-reports';

/** What a stand-in for Sentry is sent while `work` reports. */
async function reported(
  work: (reports: ReturnType<typeof createErrorReports>) => void,
  status = 200,
): Promise<readonly string[]> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(body);
      response.writeHead(status).end('{}');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const dsn = `http://key@127.0.0.1:${(server.address() as AddressInfo).port}/1`;
  const reports = createErrorReports({ dsn, store: 'shop', service: 'api' });
  work(reports);
  await reports.close();
  server.close();
  server.closeAllConnections();
  return bodies;
}

describe('a report', () => {
  it('has the error, its cause, the store, the service and our tags', async () => {
    const [body = ''] = await reported((reports) => {
      reports.report(new Error('outer', { cause: new Error('inner') }), { requestId: 'r-1' });
    });
    const event = JSON.parse(body.split('\n')[2] ?? '') as { exception: { values: { value: string }[] } };
    expect(event).toMatchObject({ environment: 'shop', server_name: 'api', tags: { requestId: 'r-1' } });
    expect(event.exception.values.map(({ value }) => value).toSorted()).toEqual(['inner', 'outer']);
  });

  it('knows nothing of a request but its tags', async () => {
    const [body = ''] = await reported((reports) => {
      reports.report(Object.assign(new Error('failed'), { headers: { cookie: 'hidden', authorization: 'hidden' } }), {});
    });
    expect(body).toContain('failed');
    expect(body).not.toMatch(/hidden|"request"|cookie|authorization/i);
  });

  it('that is not taken disturbs nobody', async () => {
    expect(await reported((reports) => reports.report(new Error('failed'), {}), 500)).toHaveLength(1);
  });
});

it('without a DSN nothing is reported', async () => {
  const fetched = jest.spyOn(globalThis, 'fetch');
  const reports = createErrorReports({ dsn: undefined, store: 'shop', service: 'api' });
  reports.report(new Error('failed'), {});
  await reports.close();
  expect(fetched).not.toHaveBeenCalled();
});
