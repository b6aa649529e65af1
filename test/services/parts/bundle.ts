import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningService, startService } from '../../../bin/local/parts/service';
import { bundleServices } from '../../../services/bundle';
import type { entryPoints } from '../../../services/contract';

export interface Bundle {
  readonly folder: string;
  /** Starts an entry point with plain node, in a folder without node_modules and with these variables only. */
  start(service: keyof typeof entryPoints, variables: Readonly<Record<string, string>>): RunningService;
  /** Removes the folder and ends what a failed test left running. */
  remove(): void;
}

export function createBundle(): Bundle {
  const folder = mkdtempSync(join(tmpdir(), 'store-services-'));
  bundleServices(folder);
  const running: RunningService[] = [];
  return {
    folder,
    start: (service, variables) => {
      const started = startService(folder, service, variables);
      running.push(started);
      return started;
    },
    remove: () => {
      for (const { process: child } of running) if (child.exitCode === null) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
