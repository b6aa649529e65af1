import { Template } from '../../../../template/template';
import { withProperties } from '../../../../template/with-properties';
import type { SettingSaving } from '../types';

export const valkey: SettingSaving = {
  name: 'Valkey',
  risk: 'The cache is made anew and starts cold; a program of your own that relies on Redis OSS 7.1 has to be tried with it.',
  lowersAvailability: false,
  source: 'docs/decisions/03-cache-engine.md',
  change: (store) => {
    const caches = new Template(store.source).ofType('AWS::ElastiCache::ReplicationGroup');
    const changed = caches.filter((cache) => (cache.text('Engine') ?? 'redis') === 'redis').map(({ id }) => id);
    if (changed.length === 0) return undefined;
    const source = withProperties(changed, { Engine: 'valkey' })(store.source);
    return { store: { ...store, source }, settings: { cacheEngine: 'valkey' }, changed };
  },
};
