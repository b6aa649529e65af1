import { createServer, type Server } from 'node:http';
import { longestJobSeconds } from './message-lease';

/**
 * Seconds that a turn of polling may take: a job that takes all its time, and ten minutes for what is given up sooner, such as a query
 * or a receive that nobody answers.
 */
export const longestTurnSeconds = longestJobSeconds + 600;

/**
 * Whether one queue is being read. A worker that never got an answer of its queue did not start well, and its deployment is undone; later
 * SQS or the database may be away through no fault of the worker, and its loop goes on.
 */
export class Heartbeat {
  private answered = false;
  private turnedAt = 0;

  /** `now`: ms of any clock. */
  constructor(private readonly now: () => number = performance.now.bind(performance)) {}

  /** A turn of the loop begins. */
  turn(): void {
    this.turnedAt = this.now();
  }

  /** The queue answered. */
  answer(): void {
    this.answered = true;
  }

  get alive(): boolean {
    return this.answered && this.now() - this.turnedAt < longestTurnSeconds * 1000;
  }
}

/** Answers the health check of the container, on loopback alone, until the process ends: 200 while every queue is being read, else 503. */
export function serveHealth(heartbeats: readonly Heartbeat[], port: number, listening: (port: number) => void): Server {
  const server = createServer((_, response) => {
    response.statusCode = heartbeats.every(({ alive }) => alive) ? 200 : 503;
    response.end();
  });
  return server.listen(port, '127.0.0.1', () => {
    const address = server.address();
    listening(typeof address === 'object' && address !== null ? address.port : port);
  });
}
