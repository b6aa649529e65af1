import { setTimeout as pause } from 'node:timers/promises';
import { roleOf } from '../backends/database';
import { startLoad } from '../load';
import { fails, holds, notSeen, type Point } from '../point';
import type { Run } from '../run';

/** ms of load before and after each step. */
const steadyMs = 700;

export const rotation: Point = {
  name: 'rotation',
  needs: 'good steps',
  look: async (run) => {
    const { database } = run.props.backends;
    if (database === undefined) return notSeen('no program asks for the database');
    if (!database.logIns.byPassword) return notSeen('log-in by IAM has no password that rotates');
    const first = await run.main();
    const load = startLoad(run.steps, [first]);
    await pause(steadyMs);
    await database.rotate();
    const second = await run.start(first.program, 'b');
    const unheard = await run.untilListens(second);
    if (unheard !== undefined) {
      await load.stop();
      return fails(`with the password of the other user, ${unheard}`);
    }
    load.sendTo([first, second]);
    await pause(steadyMs);
    await replaceWorker(run);
    load.sendTo([second]); // the load balancer takes it out first
    await load.settled();
    await first.stop(run.props.limits.stopSeconds);
    await pause(steadyMs);
    run.replace(second);
    const { requests, failures } = await load.stop();
    if (failures.length > 0)
      return fails(`${failures.length} of ${requests} requests failed while tasks were replaced: ${failures[0]}`);
    const user = database.logIns.userOf(roleOf(first.program.name), 'b');
    const entered = (await database.entries()).some((entry) => entry.user === user);
    if (!entered) return fails(`the new task did not log in as ${user}; take user and password from the variables at each start`);
    return holds(`none of ${requests} requests failed while the other user came into use and the first task stopped`);
  },
};

async function replaceWorker(run: Run): Promise<void> {
  const worker = run.staying().find(({ program }) => program.name === 'worker');
  if (worker === undefined) return;
  run.replace(await run.start(worker.program, 'b'));
  await worker.stop(run.props.limits.stopSeconds);
}
