import { setTimeout as pause } from 'node:timers/promises';
import { fails, holds, notSeen, type Point, type Verdict } from '../point';
import { lastWords, type Run } from '../run';

/** ms between two tries of the steps after an outage. */
const tryEveryMs = 300;

export const databaseFailover: Point = {
  name: 'database failover',
  needs: 'good steps',
  look: async (run) => {
    const { database } = run.props.backends;
    if (database === undefined) return notSeen('no program asks for the database');
    return outage(run, 'the database', (ms) => database.failOver(ms));
  },
};

export const cacheFailover: Point = {
  name: 'cache failover',
  needs: 'good steps',
  look: async (run) => {
    const { cache, jobsCache } = run.props.backends;
    const caches = [cache, jobsCache].filter((some) => some !== undefined);
    if (caches.length === 0) return notSeen('no program asks for a cache');
    return outage(run, 'the cache', async (ms) => void (await Promise.all(caches.map((some) => some.failOver(ms)))));
  },
};

/** Connections are cut and refused for a while, under requests; then the steps have to come as before, by themselves. */
async function outage(run: Run, part: string, failOver: (ms: number) => Promise<void>): Promise<Verdict> {
  const { outageSeconds, patienceSeconds } = run.props.limits;
  let away = true;
  const knocking = knock(run, () => away);
  await failOver(outageSeconds * 1000);
  away = false;
  await knocking;
  const began = performance.now();
  let wrong = await run.trySteps([await run.main()]);
  while (wrong !== undefined && !ended(run) && performance.now() - began < patienceSeconds * 1000) {
    await pause(tryEveryMs);
    wrong = await run.trySteps([await run.main()]);
  }
  const gone = ended(run);
  await run.revive(wrong !== undefined);
  const was = `${part} was away for ${outageSeconds} s`;
  if (gone !== undefined) return fails(`${was}, and ${gone}; handle the 'error' event of connections, and connect again`);
  if (wrong !== undefined) return fails(`${was}; ${patienceSeconds} s after it was back, ${wrong}; connect again after an error`);
  return holds(`${was}; ${((performance.now() - began) / 1000).toFixed(1)} s after it was back all steps came as expected`);
}

/** Requests go on, so that what holds a broken connection meets it. */
async function knock(run: Run, going: () => boolean): Promise<void> {
  const main = await run.main();
  while (going()) {
    await Promise.race([run.trySteps([main]), pause(tryEveryMs)]);
    await pause(tryEveryMs / 3);
  }
}

function ended(run: Run): string | undefined {
  const gone = run.staying().find((task) => !task.running());
  return gone && `${gone.program.name} exited (${gone.process.exitCode ?? gone.process.signalCode})${lastWords(gone)}`;
}
