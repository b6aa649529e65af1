import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { uploadHeaders } from '../../../services/contract';
import { startChild } from './child';

export interface SqsServer {
  readonly port: number;
  /** Of SQS and of S3 alike. */
  readonly endpoint: string;
  /** Ends it at once, and what it held in memory is gone. */
  stop(): Promise<void>;
}

/** The secret access key by which S3 checks the signatures of links; it checks no other. */
export const localSecretKey = 'local';

/**
 * SQS and S3 on 127.0.0.1. Ends with this process.
 * @param port a free one unless given
 * @param folder where objects are kept; without it they are in memory, as queues and messages always are
 */
export async function startSqs(port = 0, folder?: string): Promise<SqsServer> {
  const wanted = JSON.stringify({ port, folder, secretKey: localSecretKey, uploadHeaders });
  const child = startChild(process.execPath, [join(__dirname, 'sqs.mts'), wanted]);
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
