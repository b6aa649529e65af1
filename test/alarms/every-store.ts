import { catalogue } from '../../alarms/catalogue/catalogue';
import type { AlarmDefinition, Metric } from '../../alarms/definition';
import { tierNames } from '../../lib/tiers/tier';
import { domain } from '../config/good-parts';
import { storeConfig } from '../support/stores';

const regionalCertificateArn = domain.cdnCertificateArn;

/** Settings that bring an alarm which no plain size has. */
const variants: readonly Readonly<Record<string, unknown>>[] = [
  {},
  { app: { site: { image: 'ghcr.io/acme/site:1.0.0' } } },
  { domain: { ...domain, regionalCertificateArn } },
  { region: 'eu-west-1', domain },
  { jobsCache: { replicas: 1 } },
];

/** Every alarm that a store of any size can have, in settings that bring some of them. */
export function alarmsOfEveryStore(): readonly AlarmDefinition[] {
  return variants.flatMap((settings) => tierNames.flatMap((tier) => catalogue(storeConfig(tier, settings)).alarms));
}

export function metricsOf({ signal }: AlarmDefinition): readonly Metric[] {
  return 'expression' in signal ? Object.values(signal.metrics) : [signal];
}
