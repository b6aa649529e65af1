import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fails, holds, notSeen, type Point, type Verdict } from '../point';
import type { Run } from '../run';

export const disk: Point = {
  name: 'disk',
  needs: 'answers',
  look: async (run) => {
    if (run.props.docker) return ofContainer((await run.main()).program.writable);
    const { app, temporary, home } = run.disk.changes();
    const bad = [
      ...app.filter((file) => !run.own.some(({ writable }) => allows(writable ?? [], `/${file}`))),
      ...home.map((file) => `~/${file}`),
      ...(run.own.some(({ writable }) => writable !== undefined && !allows(writable, '/tmp/x'))
        ? temporary.map((file) => `/tmp/${file}`)
        : []),
    ];
    if (bad.length > 0) {
      const files = `${bad.slice(0, 5).join(', ')}${bad.length > 5 ? ` and ${bad.length - 5} more` : ''}`;
      return fails(`files were written: ${files}; ${advice}`);
    }
    return (
      (await readOnly(run)) ??
      holds('nothing was written in the folders of the app and of its user; the rest of the disk was not seen')
    );
  },
};

const ofContainer = (writable: readonly string[] | undefined): Verdict =>
  writable === undefined
    ? notSeen('the container may write to its disk')
    : holds('it listens, and the disk of its container is read-only');

const advice =
  "a task's disk is read-only and ends with the task: keep files in FILES_BUCKET, or name the folder in writableFolders of the program";

/** A folder of the container is known here by its end alone: `/app/.next/cache` allows `.next/cache/…`. */
function allows(writable: readonly string[], file: string): boolean {
  return writable.some((folder) => {
    const ends = folder.split('/').map((_, index, parts) => `/${parts.slice(index).join('/')}/`);
    return ends.some((end) => end !== '//' && file.startsWith(end));
  });
}

/** One more task, for which the whole disk is read-only, as on AWS; undefined where it may write, or this machine cannot. */
async function readOnly(run: Run): Promise<Verdict | undefined> {
  const { program } = await run.main();
  const { config, limits } = run.props;
  if (program.writable === undefined || program.writable.length > 0 || !(await mayMount(config.folder))) return undefined;
  const task = await run.start(program, run.turn(), { wrap: readOnlyWords(config.folder) });
  const unheard = await run.untilListens(task);
  await task.stop(limits.stopSeconds);
  if (unheard !== undefined) return fails(`with a disk that is read-only, ${unheard}; ${advice}`);
  return holds(`nothing was written, and ${program.name} listens where the whole disk is read-only`);
}

/** Before a command: it runs in a mount namespace of its own. */
const readOnlyWords = (folder: string): readonly [string, ...string[]] => [
  'unshare',
  '--mount',
  'sh',
  '-c',
  readOnlyMounts,
  folder,
];
const readOnlyMounts = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && mount -o remount,bind,ro / && exec "$@"';

async function mayMount(folder: string): Promise<boolean> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const [command, ...args] = readOnlyWords(folder);
  return promisify(execFile)(command, [...args, 'true']).then(
    () => true,
    () => false,
  );
}
