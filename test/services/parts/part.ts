import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Part {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts a real part on a free port of 127.0.0.1; it ends with `stop` or with this process. */
export async function startPart(name: 'postgres' | 'sqs'): Promise<Part> {
  const child = spawn(process.execPath, [join(__dirname, `${name}.mts`)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const firstLine = once(createInterface({ input: child.stdout }), 'line');
  const started = await Promise.race([firstLine, exited.then(() => undefined)]);
  if (started === undefined) throw new Error(`The part ${name} did not start`);
  const { port } = JSON.parse(String(started[0])) as { port: number };
  return {
    port,
    stop: async () => {
      child.stdin.end();
      await exited;
    },
  };
}
