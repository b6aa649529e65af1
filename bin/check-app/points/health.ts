import { fails, holds, type Point, together } from '../point';
import { originOf, type Run } from '../run';
import { send } from '../steps';
import type { Task } from '../task';

/** ms that the load balancer waits for the answer to its question of health: lib/constructs/api-service.ts. */
export const healthLimitMs = 5_000;

export const health: Point = {
  name: 'health',
  needs: 'answers',
  look: async (run) => together(await Promise.all((await run.listening()).map((task) => healthOf(run, task)))),
};

async function healthOf(run: Run, task: Task) {
  const path = run.healthPath(task);
  const answer = await send(`${originOf(task)}${path}`, {}, healthLimitMs);
  const where = `${path} of ${task.program.name}`;
  if ('status' in answer && answer.status === 200) return holds(`${where} answers 200`);
  const saw = 'status' in answer ? `answers ${answer.status}` : answer.failure;
  return fails(`${where}: ${saw}; the load balancer accepts only 200 within ${healthLimitMs / 1000} s, and does not log in`);
}
