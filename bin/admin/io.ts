import type { TaskClients, Watching } from '../../lib/deployed/worker-task';
import type { ProgressOptions } from '../progress';
import type { Terminal } from '../terminal';

/** What the command needs of the process that it runs in; tests give their own. */
export interface AdminIo extends Pick<Terminal, 'write' | 'writeError'>, ProgressOptions, Pick<Watching, 'pause'> {
  /** Region of the environment, where it has one. */
  readonly region: string | undefined;
  readonly clients: (region: string) => TaskClients;
  /** Folder of `npm run local`. */
  readonly localFolder: string;
}

/** No admin was made or ended; the message is the whole text for the user. */
export class AdminError extends Error {}
