import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { defaultContext } from '../../lib/config/default-context';
import { isObject } from '../../lib/config/is-object';
import type { TierName } from '../../lib/tiers/tier';
import { cdkJsonOf, type Synthesized, synthesizeIn } from './synthesize-in';

interface Wanted {
  readonly tier: TierName;
  /** @default - the size as it is */
  readonly store: string | undefined;
}

/**
 * What the code of a commit makes of a size or a store, in a checkout beside this one that is removed again.
 * @param project where the commit and the packages are
 */
export function templateAt(commit: string, { tier, store }: Wanted, project = resolve(__dirname, '../..')): Synthesized {
  const git = gitIn(project);
  const folder = mkdtempSync(join(tmpdir(), 'commit-'));
  const checkout = join(folder, 'checkout');
  try {
    const added = git('worktree', 'add', '--detach', checkout, commit);
    if (added !== undefined) return { problem: added };
    if (lockOf(checkout) !== lockOf(project))
      return { problem: 'its packages are others; install a checkout of it and use npm run compare -- --base FOLDER' };
    symlinkSync(join(project, 'node_modules'), join(checkout, 'node_modules'));
    const { context = {} } = cdkJsonOf(checkout);
    return synthesizeIn(checkout, contextOf(context, tier, store));
  } finally {
    git('worktree', 'remove', '--force', checkout);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A store that pins another size is synthesised in this one. */
function contextOf(context: Readonly<Record<string, unknown>>, tier: TierName, store: string | undefined) {
  if (store === undefined) return defaultContext(tier);
  const { stores } = context;
  const own = isObject(stores) && isObject(stores[store]) ? { [store]: { ...stores[store], tier } } : {};
  return { ...context, stores: isObject(stores) ? { ...stores, ...own } : stores, store, tier };
}

const lockOf = (folder: string): string => readFileSync(join(folder, 'package-lock.json'), 'utf8');

/** Runs git there. Gives undefined where it went well, else what it says in a line. */
const gitIn =
  (cwd: string) =>
  (...argv: readonly string[]): string | undefined => {
    const { status, stderr, error } = spawnSync('git', argv, { cwd, encoding: 'utf8' });
    if (error) return `git cannot be run: ${error.message}`;
    return status === 0 ? undefined : (stderr.trim().split('\n').at(-1) ?? 'no message of git');
  };
