import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { workerHealthCommand } from '../../../services/contract';
import { Heartbeat, longestTurnSeconds, serveHealth } from '../../../services/worker/heartbeat';
import { longestJobSeconds } from '../../../services/worker/message-lease';
import { setUp } from '../../support/set-up';

function beating() {
  let seconds = 0;
  const heartbeat = new Heartbeat(() => seconds * 1000);
  return { heartbeat, at: (time: number) => (seconds = time) };
}

function reading(): Heartbeat {
  const { heartbeat } = beating();
  heartbeat.turn();
  heartbeat.answer();
  return heartbeat;
}

describe('the heartbeat of a queue', () => {
  it('is alive from the first answer of its queue on: a worker that never got one did not start', () => {
    const { heartbeat } = beating();
    expect(heartbeat.alive).toBe(false);
    heartbeat.turn();
    expect(heartbeat.alive).toBe(false);
    heartbeat.answer();
    expect(heartbeat.alive).toBe(true);
  });

  it('is alive while a job takes all the time that it may, and minutes longer, and not for ever', () => {
    const { heartbeat, at } = beating();
    heartbeat.turn();
    heartbeat.answer();
    at(longestJobSeconds + 300);
    expect(heartbeat.alive).toBe(true);
    at(longestTurnSeconds);
    expect(heartbeat.alive).toBe(false);
  });

  it('is alive while its loop turns, whatever the queue answers', () => {
    const { heartbeat, at } = beating();
    heartbeat.answer();
    for (const hour of [1, 2, 3]) {
      at(hour * 3_600);
      heartbeat.turn();
      expect(heartbeat.alive).toBe(true);
    }
  });
});

async function exitCode(port: number): Promise<unknown> {
  const [program, ...options] = workerHealthCommand;
  expect(program).toBe('node');
  const check = spawn(process.execPath, options, { env: { PORT: String(port) }, stdio: 'ignore' });
  return (await once(check, 'exit'))[0];
}

describe('the health check of the container', () => {
  const servers: Server[] = [];
  setUp(async (started) => {
    started.defer(() => {
      for (const server of servers) server.close();
    });
  });

  const served = (heartbeats: readonly Heartbeat[]): Promise<number> =>
    new Promise((resolve) => servers.push(serveHealth(heartbeats, 0, resolve)));

  it('passes while every queue is read, and fails where one is not', async () => {
    expect(await exitCode(await served([reading(), reading()]))).toBe(0);
    expect(await exitCode(await served([reading(), new Heartbeat()]))).toBe(1);
  });

  it('fails where nobody listens', async () => {
    const port = await served([reading()]);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(await exitCode(port)).toBe(1);
  });
});
