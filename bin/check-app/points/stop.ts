import { setTimeout as pause } from 'node:timers/promises';
import { fails, holds, notSeen, type Point, together } from '../point';
import { originOf } from '../run';
import { send } from '../steps';

/** ms after which a request that was sent is with the program. */
const underWayMs = 300;

export const inProgress: Point = {
  name: 'in progress',
  needs: 'answers',
  look: async (run) => {
    const { slow } = run.props.config.probe;
    if (slow === undefined) return notSeen('the file names no slow path → "probe": { "slow": "/a-path-that-takes-a-second" }');
    const [task] = await run.listening();
    if (task === undefined) return notSeen('nothing listens, see port');
    const asked = send(`${originOf(task)}${slow}`);
    const early = await Promise.race([asked, pause(underWayMs, undefined)]);
    const ended = run.ended();
    const answer = await asked;
    await ended;
    const advice = 'at SIGTERM stop listening, finish what is under way, then exit';
    if ('failure' in answer) return fails(`a request under way at SIGTERM was dropped (${answer.failure}); ${advice}`);
    if (answer.status !== 200) return fails(`a request under way at SIGTERM was answered ${answer.status}; ${advice}`);
    if (early !== undefined) return notSeen(`${slow} answered before SIGTERM; name a slower one`);
    return holds(`${slow}, under way at SIGTERM, was answered`);
  },
};

export const stop: Point = {
  name: 'stop',
  look: async (run) => {
    const limit = run.props.limits.stopSeconds;
    const ended = await run.ended();
    if (ended.length === 0) return notSeen('no program ran until then');
    return together(ended.map(({ name, ms }) => verdictOf(name, ms, limit)));
  },
};

function verdictOf(name: string, ms: number | undefined, limit: number) {
  if (ms !== undefined) return holds(`${name} ended ${(ms / 1000).toFixed(1)} s after SIGTERM`);
  return fails(`${name} still ran ${limit} s after SIGTERM, when ECS kills it: handle SIGTERM and exit`);
}
