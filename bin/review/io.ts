import type { StoreConfig } from '../../lib/config/store-config';
import type { FindingsReview } from '../../lib/review/protection/types';
import type { CloudFormationTemplate } from '../../lib/template/template';
import type { TierName } from '../../lib/tiers/tier';
import type { Synthesized } from '../compare/synthesize-in';
import type { Terminal } from '../terminal';

/** What the command needs of the process that it runs in; tests give their own. */
export interface ReviewIo extends Terminal {
  /** Seconds since the process began. */
  readonly seconds: () => number;
  readonly now: () => Date;
  /** Context of cdk.json. */
  readonly context: () => Readonly<Record<string, unknown>>;
  readonly synthesize: (config: StoreConfig) => CloudFormationTemplate;
  /** What the code of a commit makes of a size, or of a store of its cdk.json; takes seconds. */
  readonly templateAt: (commit: string, wanted: { readonly tier: TierName; readonly store: string | undefined }) => Synthesized;
  /** What cdk-nag and AWS's validation find; takes seconds. */
  readonly findings: (config: StoreConfig) => FindingsReview;
  /** @throws Error of the file system */
  readonly readFile: (path: string) => string;
  /** Creates its folder; replaces a file atomically. @throws Error of the file system */
  readonly writeFile: (path: string, text: string) => void;
}
