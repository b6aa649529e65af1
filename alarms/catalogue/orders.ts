import { runsStoreApi, runsStoreWorker, type StoreConfig } from '../../lib/config/store-config';
import { metrics } from '../../services/contract';
import type { AlarmDefinition } from '../definition';
import { alarms, atOnce, critical, customMetric } from './rule';

/** What must never happen, told by the services themselves in CloudWatch's Embedded Metric Format. */
export function orderAlarms(config: StoreConfig): AlarmDefinition[] {
  if (!runsStoreApi(config.app) && !runsStoreWorker(config.app)) return [];
  const never = { part: 'api', window: atOnce, missing: 'notBreaching' } as const;
  return [
    ...alarms({
      ...never,
      rule: 'payments-failed',
      title: 'Payments failed',
      signal: customMetric(config.name, metrics.paymentsFailed, 'Sum', 'Count'),
      harms: 'A customer who wanted to pay could not, or paid and has no order.',
      levels: [critical(0, 'must be zero: refused cards do not count', 'page')],
    }),
    ...alarms({
      ...never,
      rule: 'orders-oversold',
      title: 'Orders oversold',
      signal: customMetric(config.name, metrics.ordersOversold, 'Sum', 'Count'),
      harms: 'Customers paid for items that were sold out, and were refunded.',
      levels: [critical(0, 'must be zero [drop-store]; the customer is already refunded', 'ticket')],
    }),
    ...alarms({
      ...never,
      rule: 'refunds-failed',
      title: 'Refunds that failed',
      signal: customMetric(config.name, metrics.refundsFailed, 'Sum', 'Count'),
      harms: 'A customer was promised money, and it did not arrive.',
      levels: [critical(0, 'must be zero: somebody has to give it back another way', 'ticket')],
    }),
    ...alarms({
      ...never,
      rule: 'disputes-opened',
      title: 'Disputes',
      signal: customMetric(config.name, metrics.disputesOpened, 'Sum', 'Count'),
      harms: 'A customer’s bank takes a payment back, unless the shop answers in time.',
      levels: [critical(0, 'each has a deadline', 'ticket')],
    }),
  ];
}
