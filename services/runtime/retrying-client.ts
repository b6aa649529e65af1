import { Client } from 'pg';

/** The most that a connection waits, ms: 60 tasks that open ten each come back at 200 a second, what RDS takes in IAM log-ins. */
const mostDelayMs = 3_000;

/** ms for each failure since the last success. */
const delayPerFailureMs = 100;

type Opened = (error: Error) => void;

/**
 * A class of clients for one pool. A pool opens a connection for each query that waits, and so knocks at a server that is away as often as
 * it is asked, and all tasks at once when it is back. With these clients, as long as connections fail, the next ones wait at random, the longer
 * the more failed; the first that opens ends that.
 */
export function retryingClients(): typeof Client {
  let failures = 0;
  return class extends Client {
    override connect(): Promise<Client>;
    override connect(callback: Opened): void;
    override connect(callback?: Opened): Promise<Client> | undefined {
      if (callback === undefined) return super.connect(); // a pool gives one
      const open = () =>
        super.connect((error: Error | null) => {
          failures = error ? failures + 1 : 0;
          callback(error as Error); // null where it opened, which the types of pg leave out
        });
      if (failures === 0) open();
      else setTimeout(open, Math.random() * Math.min(mostDelayMs, delayPerFailureMs * failures));
      return undefined;
    }
  };
}
