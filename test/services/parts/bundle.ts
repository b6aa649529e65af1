import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningService, startService } from '../../../bin/local/parts/service';
import { entryPoints } from '../../../services/contract';
import { bundleFolder } from '../../../services/image/bundle-folder';

export interface Bundle {
  readonly folder: string;
  /** Starts an entry point with plain node, in a folder without node_modules and with these variables only. */
  start(service: keyof typeof entryPoints, variables: Readonly<Record<string, string>>): RunningService;
  /** Shortens a time that no test waits for, in the text of an entry point. */
  shorten(service: keyof typeof entryPoints, limit: string, shorter: string): void;
  /** Removes the folder and ends what a failed test left running. */
  remove(): void;
}

export function createBundle(): Bundle {
  const folder = mkdtempSync(join(tmpdir(), 'store-services-'));
  cpSync(bundleFolder('services'), folder, { recursive: true });
  const running: RunningService[] = [];
  return {
    folder,
    start: (service, variables) => {
      const started = startService(folder, service, variables);
      running.push(started);
      return started;
    },
    shorten: (service, limit, shorter) => {
      const file = join(folder, entryPoints[service]);
      const source = readFileSync(file, 'utf8');
      if (!source.includes(limit)) throw new Error(`The bundle has no "${limit}"`);
      writeFileSync(file, source.replaceAll(limit, shorter));
    },
    remove: () => {
      for (const { process: child } of running) if (child.exitCode === null) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
