import { Redis } from 'ioredis';
import { createActiveUsers } from '../../../services/api/active-users';
import { createMetrics } from '../../../services/runtime/metrics';
import { setUp } from '../../support/set-up';
import { collectedLog } from '../parts/collected-log';
import { startCache } from '../parts/valkey';

let client: Redis;
setUp(async (started) => {
  const valkey = await started.use(startCache());
  client = new Redis(valkey.port, '127.0.0.1', { maxRetriesPerRequest: 0 });
  started.defer(() => client.disconnect());
});
beforeEach(() => client.flushall());

let now = 0;
function task() {
  const lines: string[] = [];
  const metrics = createMetrics('shop', { write: (line) => lines.push(line) });
  const { log, text } = collectedLog();
  const users = createActiveUsers({ client, metrics, log, now: () => now });
  return {
    users,
    logged: text,
    published: () => {
      metrics.flush();
      return lines.map((line) => (JSON.parse(line) as { ActiveUsers: number }).ActiveUsers);
    },
  };
}

describe('active users', () => {
  it('are one figure for all tasks, each user once, published by one of them', async () => {
    now = 0;
    const [one, other] = [task(), task()];
    for (const user of ['ann', 'ben']) one.users.seen(user);
    for (const user of ['ben', 'cid', 'ben']) other.users.seen(user);
    await Promise.all([one.users.flush(), other.users.flush()]);
    expect([...one.published(), ...other.published()]).toEqual([0]); // of the minute before, in which nobody came
    now = 60_000;
    await Promise.all([one.users.flush(), other.users.flush()]);
    expect([...one.published(), ...other.published()].toSorted((a, b) => a - b)).toEqual([0, 3]);
  });

  it('are nobody after a minute in which nobody came', async () => {
    now = 0;
    const { users, published } = task();
    users.seen('ann');
    for (now = 0; now <= 120_000; now += 60_000) await users.flush();
    expect(published()).toEqual([1 / 3]); // 0, 1 and 0 in one line of the interval
  });

  it('have no figure without the cache, and say so in the log', async () => {
    const { users, published, logged } = task();
    client.disconnect();
    await users.flush();
    expect([published(), logged()]).toEqual([[], expect.stringContaining('Active users are not counted')]);
    await client.connect();
  });
});
