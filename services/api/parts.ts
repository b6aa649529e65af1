import type { CacheAside } from '../cache-aside';
import type { Database } from '../runtime/database';
import type { DatabaseSettings } from '../runtime/environment';
import type { ErrorReports } from '../runtime/error-reports';
import type { Logger } from '../runtime/logger';
import type { Metrics } from '../runtime/metrics';
import type { Payments } from '../runtime/payments';
import type { QueueSender } from '../runtime/queue-sender';
import type { ActiveUsers } from './active-users';
import type { LoadHistory } from './load/load-history';
import type { Prometheus } from './load/prometheus';
import type { RateLimits } from './rate-limits';
import type { SessionEnds } from './session-ends';

/** What routes stand on. */
export interface ApiParts {
  readonly store: { readonly name: string; readonly region: string; readonly readers: DatabaseSettings['readers'] };
  readonly database: Database;
  readonly cached: CacheAside;
  /** undefined where the store takes no payments. */
  readonly payments: Payments | undefined;
  readonly queues: QueueSender;
  readonly sessionEnds: SessionEnds;
  readonly rateLimits: RateLimits;
  readonly metrics: Metrics;
  readonly load: LoadHistory;
  readonly prometheus: Prometheus;
  readonly activeUsers: Pick<ActiveUsers, 'seen'>;
  readonly log: Logger;
  readonly errorReports: ErrorReports;
}
