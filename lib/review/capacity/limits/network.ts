import { limits } from '../../../facts/limits';
import { figure } from '../../text/money';
import { assumed, type Scope } from '../scope';
import type { Limit } from '../types';
import { atApi } from './limit-of';

/** Ports of the NAT gateways to one destination, the payment provider; without gateways every task has its own address. */
export function networkLimits(scope: Scope): readonly Limit[] {
  const { parts, usage } = scope;
  if (parts.natGateways === 0 || usage.orders === 0 || usage.apiRequests === 0) return [];
  const { each, source } = limits.natConnections;
  const seconds = assumed('natSecondsPerOrder', scope);
  const orders = (parts.natGateways * each) / seconds;
  const ordersPerRequest = usage.orders / usage.apiRequests;
  return [
    atApi(
      {
        id: 'nat-connections',
        part: 'network',
        title: 'ports of the NAT gateways',
        value: `${figure(parts.natGateways * each)} simultaneous connections to the payment provider`,
        calculation:
          `${figure(parts.natGateways)} × ${figure(each)} connections ÷ ${figure(seconds)} s = ${figure(orders, 0)} orders/s; ` +
          `÷ (${figure(usage.orders)} orders ÷ ${figure(usage.apiRequests)} requests of the assumed month)`,
        assumptions: ['natSecondsPerOrder'],
        sources: [source, 'lib/tiers: the size’s assumed month'],
      },
      orders / ordersPerRequest,
      scope,
    ),
  ];
}
