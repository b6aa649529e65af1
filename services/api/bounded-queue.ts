/** Too much of one kind of work waits already. */
export class BusyError extends Error {
  readonly code = 'BUSY';

  constructor() {
    super('Too much of this waits already');
    this.name = 'BusyError';
  }
}

export interface BoundedQueue {
  /** Runs `work` when its turn comes. @throws {BusyError} at once where the queue is full. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

export interface BoundedQueueProps {
  readonly atOnce: number;
  /** How many may wait beside them. */
  readonly waiting: number;
}

export function createBoundedQueue({ atOnce, waiting: most }: BoundedQueueProps): BoundedQueue {
  const waiting: (() => void)[] = [];
  let running = 0;
  const turn = async (): Promise<void> => {
    if (running < atOnce) running += 1;
    else if (waiting.length >= most) throw new BusyError();
    else await new Promise<void>((resolve) => waiting.push(resolve)); // takes the place of the one that ends
  };
  return {
    run: async (work) => {
      await turn();
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}
