import { setTimeout as pause } from 'node:timers/promises';
import type { Step } from './config';
import { originOf } from './run';
import { sendRequest } from './steps';
import type { Task } from './task';

export interface Load {
  /** Requests go there from now on, in turn. */
  sendTo(tasks: readonly Task[]): void;
  /** Resolves when every request that was under way has ended. */
  settled(): Promise<void>;
  stop(): Promise<{ readonly requests: number; readonly failures: readonly string[] }>;
}

const users = 3;

/** ms between two requests of a user. */
const thinkMs = 30;

/** A steady load of those requests of the steps that stand for themselves. A request fails that gets no answer, or an error of the server. */
export function startLoad(steps: readonly Step[], tasks: readonly Task[]): Load {
  const alone = steps.filter(({ request }) => !/\{\w+\}/.test(`${request.path}${JSON.stringify(request.body ?? '')}`));
  const failures: string[] = [];
  let targets = tasks;
  let requests = 0;
  const ending = new AbortController();
  const underWay = new Set<Promise<void>>();

  const ask = async (step: Step): Promise<void> => {
    const task = targets[requests++ % targets.length] as Task;
    const answer = await sendRequest(originOf(task), step);
    const { method, path } = step.request;
    if ('failure' in answer) failures.push(`${method} ${path}: ${answer.failure}`);
    else if (answer.status >= 500) failures.push(`${method} ${path} answers ${answer.status}`);
  };
  const user = async (): Promise<void> => {
    for (let turn = 0; !ending.signal.aborted && alone.length > 0; turn++) {
      const asked = ask(alone[turn % alone.length] as Step);
      underWay.add(asked);
      await asked;
      underWay.delete(asked);
      await pause(thinkMs);
    }
  };
  const all = Array.from({ length: users }, user);
  return {
    sendTo: (given) => {
      targets = given;
    },
    settled: async () => void (await Promise.all(underWay)),
    stop: async () => {
      ending.abort();
      await Promise.all(all);
      return { requests, failures };
    },
  };
}
