import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { fails, holds, notSeen, type Point, together, type Verdict } from '../point';
import { originOf, type Run } from '../run';
import type { Task } from '../task';
import { healthLimitMs } from './health';

/** Where the program closes an idle connection first, the load balancer may send the next request into it: a 502. */
export const keepAlive: Point = {
  name: 'keep-alive',
  needs: 'answers',
  look: async (run) => together(await Promise.all((await run.listening()).map((task) => keepAliveOf(run, task)))),
};

async function keepAliveOf(run: Run, task: Task): Promise<Verdict> {
  const { idleSeconds } = run.props.limits;
  const kept = await keptSeconds(run, task).catch(() => undefined);
  const { name } = task.program;
  if (kept === undefined) return notSeen(`the health check of ${name} gives no whole answer`);
  if (kept === 0) return holds(`${name} closes each connection after its answer`);
  if (kept > idleSeconds) return holds(`${name} keeps an idle connection for more than ${idleSeconds} s`);
  const ms = (idleSeconds + 5) * 1000;
  const advice = `the load balancer keeps it ${idleSeconds} s; keep it longer (in Node.js server.keepAliveTimeout = ${ms})`;
  return fails(`${name} closes an idle connection after ${kept} s; ${advice}`);
}

/** How long the program keeps an idle connection, by its word or by waiting; 0 where each answer ends its own. */
async function keptSeconds(run: Run, task: Task): Promise<number> {
  const { limits, progress } = run.props;
  const agent = new Agent({ keepAlive: true });
  try {
    const request = get(`${originOf(task)}${run.healthPath(task)}`, { agent, timeout: healthLimitMs });
    request.once('timeout', () => request.destroy(new Error('no answer')));
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const { socket, headers, httpVersion } = response;
    await once(response.resume(), 'end');
    if (headers.connection?.toLowerCase() === 'close' || httpVersion === '1.0') return 0;
    const announced = /timeout=(\d+)/.exec(String(headers['keep-alive']))?.[1];
    if (announced !== undefined) return Number(announced);
    progress(`Waiting up to ${limits.idleSeconds + 1} s to see whether it keeps an idle connection …\n`);
    const since = performance.now();
    await Promise.race([once(socket, 'close'), wait((limits.idleSeconds + 1) * 1000)]);
    return Math.round((performance.now() - since) / 1000);
  } finally {
    agent.destroy();
  }
}
