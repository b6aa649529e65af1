import { assert, asyncProperty, constantFrom, string } from 'fast-check';
import { lockKeyOf } from '../../../services/cache-aside/locks';
import { newKey, policy, source, startOn } from './tasks';

const text = string({ unit: constantFrom('a', '{', '}', '"', ':'), minLength: 1, maxLength: 8 });

/** `refused` where no other key can be in its slot. */
function lockOf(key: string): string {
  try {
    return lockKeyOf(key);
  } catch (error) {
    if (error instanceof RangeError) return 'refused';
    throw error;
  }
}

describe('the key of a lock', () => {
  it('is in the slot of the entry’s key, or there is none', async () => {
    const { client } = await startOn.cluster();
    const slotOf = (key: string) => client.cluster('KEYSLOT', key);
    await assert(
      asyncProperty(text, async (key) => {
        const lock = lockOf(key);
        if (lock === 'refused') return key.includes('}');
        return lock !== key && (await slotOf(lock)) === (await slotOf(key));
      }),
      { numRuns: 500 },
    );
    expect(['a}', '{}', '}{a'].map(lockOf)).toEqual(['refused', 'refused', 'refused']);
  });

  it('exists for every key of the API', () => {
    const keys = ['brands', '2:products:{"limit":20,"search":"a } b {"}', 'session:abc', '2:product:0190'];
    expect(keys.map(lockKeyOf)).toEqual(['lock:{brands}', `lock:${keys[1]}`, 'lock:{session:abc}', 'lock:{2:product:0190}']);
  });
});

describe('a miss', () => {
  it('is one GET, the lock with a second look, and the entry with the release', async () => {
    const { cached, client } = await startOn.server();
    const load = source('products');
    await cached.text(newKey(), policy, load); // its scripts and its tags are known then
    await client.config('RESETSTAT');
    for (let times = 0; times < 10; times++) await cached.text(newKey(), policy, load);
    const statistics = await client.info('commandstats');
    const sent = ['get', 'evalsha'].map((name) => new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(statistics)?.[1]);
    expect(sent).toEqual(['20', '20']); // scripts count what they call: a second GET each
  });
});
