import type { ProgressOptions } from '../progress';
import type { ReviewIo } from '../review/io';
import type { Terminal } from '../terminal';

/** What the command needs of the process that it runs in; tests give their own. */
export interface ReconcileIo extends Terminal, ProgressOptions, Pick<ReviewIo, 'now' | 'context' | 'synthesize'> {
  /** The file that `--write` changes. */
  readonly cdkJson: string;
}
