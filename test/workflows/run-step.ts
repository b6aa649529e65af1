import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scriptOf } from './workflow-files';

interface Ran {
  readonly code: number | null;
  readonly error: string;
  /** Command lines of the stand-ins, in order. */
  readonly calls: readonly string[];
  readonly summary: string;
  readonly output: string;
}

export interface Given {
  /** Of the job; its files are in `RUNNER_TEMP`. */
  readonly env?: Readonly<Record<string, string>>;
  /** What each program does after it has noted its call, as a script of bash. */
  readonly programs: Readonly<Record<string, string>>;
}

/** Runs the script of a step as GitHub would, with stand-ins of the programs that it calls. @param folder empty; where it runs */
export function runStep(
  folder: string,
  [workflow, step]: readonly [workflow: string, step: string],
  { env, programs }: Given,
): Ran {
  const at = (name: string) => join(folder, name);
  const textOf = (name: string) => (existsSync(at(name)) ? readFileSync(at(name), 'utf8') : '');
  mkdirSync(at('bin'), { recursive: true });
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(at(`bin/${name}`), `#!/bin/bash\necho "${name} $*" >> "$CALLS"\n${script}\n`);
    chmodSync(at(`bin/${name}`), 0o755);
  }
  const { status, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', scriptOf(workflow, step)], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: `${at('bin')}:${process.env['PATH'] ?? ''}`,
      CALLS: at('calls'),
      RUNNER_TEMP: folder,
      GITHUB_STEP_SUMMARY: at('summary'),
      GITHUB_OUTPUT: at('output'),
      GITHUB_REPOSITORY: 'octo-org/shop',
      ...env,
    },
  });
  const calls = textOf('calls').split('\n').slice(0, -1);
  return { code: status, error: stderr, calls, summary: textOf('summary'), output: textOf('output') };
}
