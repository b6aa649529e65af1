import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface CdkRun {
  readonly environment: NodeJS.ProcessEnv;
  /** A program of Node (default: the project's own CDK). */
  readonly program?: string;
}

/**
 * Runs the CDK with this terminal's input and output, without a shell. Signals are forwarded to it: it may be in the middle of a deployment.
 * @returns its exit code; 128 and the signal's number where one ended it
 */
export function runCdk(argv: readonly string[], { environment, program = ownCdk() }: CdkRun): Promise<number> {
  const child = spawn(process.execPath, [program, ...argv], { cwd: root, env: environment, stdio: 'inherit' });
  const forward = (signal: NodeJS.Signals) => {
    if (signal !== 'SIGINT') child.kill(signal); // a terminal sends Ctrl-C to both
  };
  for (const signal of forwarded) process.on(signal, forward);
  return new Promise<number>((done, failed) => {
    child.once('error', failed);
    child.once('exit', (code, signal) => done(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  }).finally(() => {
    for (const signal of forwarded) process.off(signal, forward);
  });
}

const ownCdk = (): string => require.resolve('aws-cdk/bin/cdk');
