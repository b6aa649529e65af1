import type { Redis } from 'ioredis';
import { createApp } from '../../../services/api/app';
import { createRateLimits } from '../../../services/api/rate-limits';
import { createCacheAside } from '../../../services/cache-aside';
import { viewerAddressHeader } from '../../../services/contract';
import { setUp, stoppedAfterEach } from '../../support/set-up';
import { collectedLog } from '../parts/collected-log';
import { patient, patientCache } from '../parts/patient-cache';
import { type ApiOnParts, startApiOnParts } from './api-on-parts';

const started = stoppedAfterEach();
let api: ApiOnParts;
setUp(async (things) => {
  api = await things.use(startApiOnParts());
});
beforeEach(() => api.reset());

const list = '/api/v1/products';
let viewers = 0;
const newViewer = (): string => `198.51.100.${++viewers}`;

/** A task that remembers versions of tags, with what it sends to the cache. */
async function startTask() {
  const { log } = collectedLog();
  const { client } = await patientCache(started, api.valkey.port, log);
  const cached = createCacheAside({ client, log, limits: patient });
  started.defer(() => cached.close());
  const rateLimits = createRateLimits(client, log, { guard: patient });
  const app = createApp({ ...api.props, parts: { ...api.props.parts, cached, rateLimits } });
  const { stream } = client as Redis;
  const writes = [jest.spyOn(stream, '_write'), jest.spyOn(stream, '_writev' as never)];
  const asked = jest.spyOn(client, 'sendCommand');
  const ask = async (path: string, viewer = newViewer()): Promise<number> =>
    (await app.request(path, { headers: { [viewerAddressHeader]: viewer } })).status;
  await ask('/api/v1/categories'); // by then the cache knows the scripts
  return {
    ask,
    /** Statuses of `times` requests of one viewer, one after the other. */
    askOften: async (path: string, viewer: string, times: number): Promise<number[]> => {
      const statuses: number[] = [];
      for (let time = 0; time < times; time++) statuses.push(await ask(path, viewer));
      return statuses;
    },
    rateLimits,
    /** When all that was asked of the cache before is answered, and what follows from it is sent. */
    settled: async () => {
      await client.ping();
      await new Promise(setImmediate);
    },
    /** Names of the commands, and the number of writes to the socket, of some work. */
    sentBy: async (work: () => Promise<unknown>) => {
      const [commands, written] = [asked.mock.calls.length, writes.flatMap(({ mock }) => mock.calls).length];
      await work();
      return {
        commands: asked.mock.calls
          .slice(commands)
          .map(([{ name }]) => name)
          .filter((name) => name !== 'ping'),
        writes: writes.flatMap(({ mock }) => mock.calls).length - written,
      };
    },
  };
}

const limit = 100;

describe('a document that anybody may read', () => {
  it('is asked of the cache by the same write that counts the request', async () => {
    const { ask, sentBy } = await startTask();
    await ask(list);
    expect(await sentBy(() => ask(list))).toEqual({ commands: ['evalsha', 'evalsha'], writes: 1 });
  });

  it('costs a miss two writes: what counts it takes the lock as well', async () => {
    const { ask, sentBy } = await startTask();
    await ask(list);
    expect(await sentBy(() => ask(`${list}?limit=3`))).toEqual({ commands: ['evalsha', 'evalsha', 'evalsha'], writes: 2 });
  });

  it('is not loaded for a request that is refused, nor asked for once the task knows', async () => {
    const [one, other] = [await startTask(), await startTask()];
    const viewer = newViewer();
    await one.askOften('/api/v1/brands', viewer, limit);
    const refused = () => other.ask(`${list}?limit=4`, viewer);
    let first: unknown;
    const queries = await api.queriesOf(async () => {
      first = await other.sentBy(async () => {
        expect(await refused()).toBe(429);
        await other.settled();
      });
    });
    expect([queries, first]).toEqual([0, expect.objectContaining({ commands: ['evalsha', 'evalsha', 'del'] })]);
    expect(await other.sentBy(async () => expect(await refused()).toBe(429))).toEqual({ commands: [], writes: 0 });
  });

  it('reaches those who are allowed while others who ask for the same are refused', async () => {
    const task = await startTask();
    const viewer = newViewer();
    await task.askOften('/api/v1/brands', viewer, limit - 1);
    const path = `${list}?limit=5`;
    const statuses = await Promise.all([
      ...Array.from({ length: 4 }, () => task.ask(path, viewer)),
      ...Array.from({ length: 4 }, () => task.ask(path)),
    ]);
    expect(statuses).toEqual([200, 429, 429, 429, 200, 200, 200, 200]);
  });

  it.each([
    ['is of no form', `${list}?limit=0`],
    ['contradicts itself', `${list}?search=wool&prefix=wo`],
  ])('is not asked for by what %s, which counts all the same', async (_, path) => {
    const { ask, askOften, sentBy } = await startTask();
    await ask(list);
    expect(await sentBy(async () => expect(await ask(path)).toBe(400))).toEqual({ commands: ['evalsha'], writes: 1 });
    const viewer = newViewer();
    expect((await askOften(path, viewer, limit + 1)).slice(-2)).toEqual([400, 429]);
  });
});
