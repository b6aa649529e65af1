import type { StoreConfig } from '../../lib/config/store-config';
import { edgeRegion } from '../../lib/facts/regions';
import { metrics, scoreEverySeconds } from '../../services/contract';
import type { AlarmDefinition, Metric, Unit } from '../definition';
import { errorRate } from '../thresholds';
import { aboveFloor, alarms, awsMetric, critical, customMetric, formatFloor, type Rule, warning } from './rule';

/** CDN, firewall, certificates and the way out. */
export function edgeAlarms(config: StoreConfig): AlarmDefinition[] {
  return [...cdn(config), ...certificates(config), ...firewall(config), ...natGateways(config)];
}

function cdn(config: StoreConfig): AlarmDefinition[] {
  const rule = {
    rule: 'cdn-errors',
    part: 'cdn',
    title: 'Errors at the CDN',
    missing: 'notBreaching',
    harms: 'Customers see an error page, even where the load balancer sees nothing.',
  } as const;
  const share = `${errorRate.critical}% ${errorRate.source}`;
  if (config.region !== edgeRegion) {
    return alarms({
      ...rule,
      signal: customMetric(config.name, metrics.cdnErrorRate, 'Average', 'Percent'),
      window: { periodSeconds: scoreEverySeconds, datapoints: 1, of: 1 },
      levels: [warning(errorRate.critical, `${share}, as a mean of six hours: the assessor publishes it every six hours`)],
    });
  }
  return alarms({
    ...rule,
    signal: {
      expression: aboveFloor('failed'),
      metrics: { failed: ofCdn('5xxErrorRate', 'Average', 'Percent'), requests: ofCdn('Requests', 'Sum', 'None') },
      unit: 'Percent',
    },
    levels: [critical(errorRate.critical, `${share}; ${formatFloor}`, 'composite')],
  });
}

/** One of CloudFront's own. */
export function ofCdn(name: string, statistic: string, unit: Unit): Metric {
  return awsMetric('AWS/CloudFront', name, statistic, unit, { DistributionId: { nameOf: 'distribution' }, Region: 'Global' });
}

function certificates(config: StoreConfig): AlarmDefinition[] {
  const { domain, region } = config;
  if (!domain) return [];
  return [
    ...expiry({
      rule: 'cdn-certificate',
      part: 'cdn',
      title: "Days left of the CDN's certificate",
      signal:
        region === edgeRegion
          ? daysLeft(domain.cdnCertificateArn)
          : customMetric(config.name, metrics.cdnCertificateDaysToExpiry, 'Minimum', 'None'),
      harms: 'No impact yet; once it has expired, browsers reject the store.',
    }),
    ...(domain.regionalCertificateArn === undefined
      ? []
      : expiry({
          rule: 'balancer-certificate',
          part: 'load-balancer',
          title: "Days left of the load balancer's certificate",
          signal: daysLeft(domain.regionalCertificateArn),
          harms: 'No impact yet; once it has expired, CloudFront does not connect to the API.',
        })),
  ];
}

function daysLeft(certificateArn: string): Metric {
  return awsMetric('AWS/CertificateManager', 'DaysToExpiry', 'Minimum', 'None', { CertificateArn: certificateArn });
}

function expiry(rule: Pick<Rule, 'rule' | 'part' | 'title' | 'signal' | 'harms'>): AlarmDefinition[] {
  return alarms({
    ...rule,
    window: { periodSeconds: 86_400, datapoints: 1, of: 1 },
    operator: '<=',
    levels: [warning(44, 'AWS recommends 44 days: its own renewal, which starts at 60, has not worked')],
  });
}

function firewall({ name, region, firewall: { enabled, requestsPerFiveMinutes } }: StoreConfig): AlarmDefinition[] {
  if (!enabled) return [];
  return alarms({
    rule: 'firewall-blocks',
    part: 'firewall',
    title: 'Requests blocked by the firewall',
    signal: awsMetric('AWS/WAFV2', 'BlockedRequests', 'Sum', 'Count', { WebACL: name, Region: region, Rule: 'ALL' }),
    window: { periodSeconds: 300, datapoints: 2, of: 3 },
    missing: 'notBreaching',
    harms: 'An attack is being blocked, or a rule blocks customers.',
    levels: [warning(requestsPerFiveMinutes, 'in five minutes, the limit of one address: an assumption')],
  });
}

function natGateways({ network: { natGateways: count, existingVpc } }: StoreConfig): AlarmDefinition[] {
  if (existingVpc) return []; // its owner's gateways
  return Array.from({ length: count }, (_, index) => index + 1).flatMap((gateway) =>
    alarms({
      rule: 'nat-ports',
      part: 'network',
      instance: String(gateway),
      title: 'NAT gateway out of ports',
      signal: awsMetric('AWS/NATGateway', 'ErrorPortAllocation', 'Sum', 'Count', {
        NatGatewayId: { nameOf: `nat-gateway-${gateway}` },
      }),
      window: { periodSeconds: 60, datapoints: 15, of: 15 },
      missing: 'notBreaching',
      harms: 'Calls to the payment provider and to AWS fail occasionally.',
      levels: [warning(0, 'AWS recommends none for fifteen minutes')],
    }),
  );
}
