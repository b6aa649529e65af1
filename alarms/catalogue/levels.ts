import type { ServiceName } from '../definition';
import { errorRate, responseTimeP95 } from '../thresholds';
import { critical, formatFloor, warning } from './rule';
import { secondsOf } from './units';

/** The documents' figures for whatever answers customers; the critical one undoes a deployment of the service. */

export const responseTimeLevels = (service: ServiceName) => [
  warning(secondsOf(responseTimeP95.warning), `${responseTimeP95.warning} ms ${responseTimeP95.source}; ${formatFloor}`),
  critical(
    secondsOf(responseTimeP95.critical),
    `${responseTimeP95.critical} ms ${responseTimeP95.source}; ${formatFloor}`,
    'composite',
    [service],
  ),
];

export const errorRateLevels = (service: ServiceName) => [
  warning(errorRate.warning, `${errorRate.warning}% ${errorRate.source}; ${formatFloor}`),
  critical(errorRate.critical, `${errorRate.critical}% ${errorRate.source}; ${formatFloor}`, 'composite', [service]),
];
