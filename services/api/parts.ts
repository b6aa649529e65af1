import type { CacheAside } from '../cache-aside';
import type { Database } from '../runtime/database';
import type { DatabaseSettings } from '../runtime/environment';
import type { ErrorReports } from '../runtime/error-reports';
import type { Logger } from '../runtime/logger';
import type { Metrics } from '../runtime/metrics';
import type { Payments } from '../runtime/payments';
import type { QueueSender } from '../runtime/queue-sender';
import type { ActiveUsers } from './active-users';
import type { Captcha } from './captcha';
import type { FileStore } from './file-store';
import type { LoadHistory } from './load/load-history';
import type { Prometheus } from './load/prometheus';
import type { RateLimits } from './rate-limits';
import type { SessionEnds } from './session-ends';

export interface CorsSettings {
  /** Whose pages may call the API with its cookie, beside the API's own origin. */
  readonly origins: readonly string[];
  /** Whether one of them belongs to another site than the API: its browsers send no `SameSite=Lax` cookie. */
  readonly otherSites: boolean;
}

/** What routes stand on. */
export interface ApiParts {
  readonly store: { readonly name: string; readonly region: string; readonly readers: DatabaseSettings['readers'] };
  readonly database: Database;
  readonly cached: CacheAside;
  /** undefined where the store takes no payments. */
  readonly payments: Payments | undefined;
  readonly queues: QueueSender;
  readonly files: FileStore;
  /** Originals of pictures. */
  readonly pictures: Pick<FileStore, 'signUpload' | 'head'>;
  readonly sessionEnds: SessionEnds;
  readonly rateLimits: RateLimits;
  readonly metrics: Metrics;
  readonly load: LoadHistory;
  readonly prometheus: Prometheus;
  readonly activeUsers: Pick<ActiveUsers, 'seen'>;
  readonly cors: CorsSettings;
  /** undefined where the store asks for no captcha. */
  readonly captcha: Captcha | undefined;
  readonly log: Logger;
  readonly errorReports: ErrorReports;
}
