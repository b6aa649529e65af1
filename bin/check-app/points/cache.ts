import type { AppCache } from '../backends/cache';
import { fails, holds, notSeen, type Point, together, type Verdict } from '../point';

export const cache: Point = {
  name: 'cache',
  look: async (run) => {
    const { cache: main, jobsCache } = run.props.backends;
    if (main === undefined && jobsCache === undefined) return notSeen('no program asks for a cache');
    await run.unheard();
    if (run.steps.length > 0 && (await run.listening()).length > 0) await run.exercised();
    return together([
      ...(main ? [await verdictOf(main, 'the cache')] : []),
      ...(jobsCache ? [await verdictOf(jobsCache, 'the cache of jobs')] : []),
    ]);
  },
};

/** Errors by which a client learns that it speaks the wrong protocol, or asks for too much at once. */
const advices = {
  CROSSSLOT: 'one command names keys of several nodes: give them a common {tag}, or ask one by one',
  WRONGPASS: 'take user and password of the URL, or the token, as they are',
  NOAUTH: 'take user and password of the URL, or the token, as they are',
  NOPERM: 'an administrator’s command is refused, as on AWS',
} as const;

/** A client of a cluster meets some of them while it learns which node has what; one that follows none meets many. */
async function verdictOf(part: AppCache, name: string): Promise<Verdict> {
  const errors = await part.errors();
  const seen = Object.entries(advices).filter(([error]) => errors.has(error));
  if (seen.length > 0) return fails(seen.map(([error, advice]) => `${name} answered ${error}: ${advice}`).join('; '));
  const [moved, clients] = [errors.get('MOVED') ?? 0, await part.clients()];
  if (moved > 0 && moved >= (await part.followed())) {
    const advice =
      'the cache is a cluster: use a client that speaks its protocol (new Redis.Cluster), or set "cache": { "mode": "single" }';
    return fails(`${name} answered MOVED ${moved} times, and nobody followed; ${advice}`);
  }
  return clients > 0 ? holds(`${clients} connections to ${name}, without an error`) : notSeen(`nobody is connected to ${name}`);
}
