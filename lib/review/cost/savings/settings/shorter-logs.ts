import { logBuckets } from '../../../../template/buckets';
import { Template } from '../../../../template/template';
import { withProperties } from '../../../../template/with-properties';
import type { SettingSaving } from '../types';

/** What this proposes: long enough for an incident that somebody notices after a weekend. */
const days = 7;

export const shorterLogs: SettingSaving = {
  name: 'Shorter logs',
  risk: `An incident or a fraud that is noticed after more than ${days} days is no longer in the logs.`,
  lowersAvailability: false,
  source: 'logs and access logs are kept as long as logs.retentionDays says: docs/settings.md',
  change: (store) => {
    const template = new Template(store.source);
    const groups = template
      .ofType('AWS::Logs::LogGroup')
      .filter((group) => (group.number('RetentionInDays') ?? Number.POSITIVE_INFINITY) > days);
    const [bucket] = logBuckets(template);
    const kept = bucket
      ?.list('LifecycleConfiguration.Rules')
      .flatMap((rule) => bucket.part(rule).number('ExpirationInDays') ?? []);
    const share = Math.min(1, days / Math.max(days, ...(kept ?? [])));
    if (groups.length === 0 && share === 1) return undefined;
    const changed = groups.map(({ id }) => id);
    return {
      store: {
        source: withProperties(changed, { RetentionInDays: days })(store.source),
        usage: { ...store.usage, accessLogGb: store.usage.accessLogGb * share },
      },
      settings: { logs: { retentionDays: days } },
      changed: [...changed, ...(bucket ? [bucket.id] : [])],
    };
  },
};
