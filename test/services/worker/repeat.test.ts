import { repeat } from '../../../services/worker/repeat';
import { collectedLog } from '../parts/collected-log';

describe('something repeated', () => {
  it('begins at once, goes on after a failure, says so, and never runs twice at the same time', async () => {
    const { log, lines } = collectedLog();
    const enough = Promise.withResolvers<void>();
    let runs = 0;
    let now = 0;
    let most = 0;
    const repeated = repeat({
      name: 'Counting',
      everySeconds: 0.001,
      log,
      task: async () => {
        most = Math.max(most, ++now);
        await new Promise(setImmediate);
        now -= 1;
        if (++runs === 1) throw new Error('broken');
        if (runs === 5) enough.resolve();
      },
    });
    await enough.promise;
    await repeated.stop();
    expect(most).toBe(1);
    expect(lines()).toMatchObject([
      { level: 'warn', message: 'Counting failed and will be retried', error: { message: 'broken' } },
    ]);
  });

  it('ends when it is told to, after what is under way has heard of it', async () => {
    let heard = false;
    const task = (signal: AbortSignal) =>
      new Promise<void>((resolve) =>
        signal.addEventListener('abort', () => {
          heard = true;
          resolve();
        }),
      );
    const repeated = repeat({ name: 'Waiting', everySeconds: 1_000, log: collectedLog().log, task });
    await repeated.stop();
    expect(heard).toBe(true);
  });

  it('does not wait for its next turn to end', async () => {
    const task = jest.fn(async () => undefined);
    const repeated = repeat({ name: 'Resting', everySeconds: 1_000, log: collectedLog().log, task });
    await new Promise(setImmediate);
    await repeated.stop();
    expect(task).toHaveBeenCalledTimes(1);
  });
});
