import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningService, startService } from '../../../bin/local/parts/service';
import { entryPoints } from '../../../services/contract';
import { bundleFolder } from '../../../services/image/bundle-folder';

export interface Bundle {
  readonly folder: string;
  /** Starts an entry point with plain node, in a folder without node_modules and with these variables only. */
  start(
    service: keyof typeof entryPoints,
    variables: Readonly<Record<string, string>>,
    ...args: readonly string[]
  ): RunningService;
  /** Another time limit in the text of an entry point: one that no test waits for, or that no slow machine reaches. */
  setLimit(service: keyof typeof entryPoints, limit: string, other: string): void;
  /** Ends what a failed test left running, and removes the folder. */
  stop(): Promise<void>;
}

export function createBundle(): Bundle {
  const folder = mkdtempSync(join(tmpdir(), 'store-services-'));
  cpSync(bundleFolder('services'), folder, { recursive: true });
  const running: RunningService[] = [];
  return {
    folder,
    start: (service, variables, ...args) => {
      const started = startService(folder, service, variables, undefined, args);
      running.push(started);
      return started;
    },
    setLimit: (service, limit, other) => {
      const file = join(folder, entryPoints[service]);
      const source = readFileSync(file, 'utf8');
      if (!source.includes(limit)) throw new Error(`The bundle has no "${limit}"`);
      writeFileSync(file, source.replaceAll(limit, other));
    },
    stop: async () => {
      for (const { process: child } of running) child.kill('SIGKILL');
      await Promise.all(running.map(({ exit }) => exit));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
