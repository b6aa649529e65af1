import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startChild } from './child';

export interface SqsServer {
  readonly port: number;
  /** Of SQS and of S3 alike. */
  readonly endpoint: string;
  /** Ends it at once, and what it held is gone. */
  stop(): Promise<void>;
}

/** SQS and S3 on 127.0.0.1, in memory. Ends with this process. `port`: a free one unless given. */
export async function startSqs(port = 0): Promise<SqsServer> {
  const child = startChild(process.execPath, [join(__dirname, 'sqs.mts'), String(port)]);
  const ended = once(child, 'close').then(() => undefined);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const started = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended]);
  if (started === undefined) throw new Error(`SQS and S3 did not start:\n${errors}`);
  const taken = (JSON.parse(String(started[0])) as { port: number }).port;
  return {
    port: taken,
    endpoint: `http://127.0.0.1:${taken}`,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
