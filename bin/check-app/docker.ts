import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { LocalError } from '../local/local-error';
import type { Program } from './programs';

/** Variables that are this machine's alone. */
const aside = new Set(['PATH', 'HOME', 'TMPDIR']);

/**
 * Starts a program from its image on this machine's network; Docker hands on the signals that it gets. Values stay in the environment of the
 * command: no list of processes has them. @throws {LocalError} where the settings name no image
 */
export function dockerCommand(
  { name, image, command = [], writable }: Program,
  variables: Readonly<Record<string, string>>,
  authority: string,
): readonly string[] {
  if (image === undefined) throw new LocalError(`The image of ${name} is not known here; leave --image out`);
  const names = Object.keys(variables).filter((variable) => !aside.has(variable));
  const disk = writable === undefined ? [] : ['--read-only', ...writable.flatMap((folder) => ['--tmpfs', folder])];
  const trust = ['--volume', `${authority}:${authority}:ro`];
  const environment = names.flatMap((variable) => ['--env', variable]);
  return ['docker', 'run', '--rm', '--network', 'host', ...disk, ...trust, ...environment, image, ...command];
}

/** @throws {LocalError} where Docker does not run */
export async function requireDocker(): Promise<void> {
  await promisify(execFile)('docker', ['info']).catch(() => {
    throw new LocalError('Docker does not run here (docker info fails); start it, or leave --image out');
  });
}
