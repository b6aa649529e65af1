import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { postgresOwner } from '../../local/parts/postgres-binaries';
import { fails, holds, notSeen, type Point } from '../point';

export const user: Point = {
  name: 'user',
  needs: 'answers',
  look: async (run) => {
    if (run.props.docker) return notSeen('the image says who its user is: docker image inspect');
    const nobody = postgresOwner();
    if (nobody === undefined) return holds(`ran as user ${process.getuid?.() ?? 'of this machine'}, who is not root`);
    const { folder } = run.props.config;
    if (!(await mayRead(folder, nobody))) return notSeen(`root runs this, and nobody else may read ${folder}`);
    const task = await run.start((await run.main()).program, run.turn(), { owner: nobody });
    const unheard = await run.untilListens(task);
    await task.stop(run.props.limits.stopSeconds);
    if (unheard === undefined) return holds('it also listens where another user than root starts it');
    return fails(`started by another user than root, ${unheard}; write USER node into the Dockerfile, and try it so`);
  },
};

function mayRead(folder: string, owner: { readonly uid: number; readonly gid: number }): Promise<boolean> {
  return promisify(execFile)('ls', [folder], { ...owner, cwd: '/' }).then(
    () => true,
    () => false,
  );
}
