import { member, Template } from '../../../../template/template';
import { withProperties } from '../../../../template/with-properties';
import type { SettingSaving } from '../types';

export const noContainerInsights: SettingSaving = {
  name: 'No Container Insights',
  risk: 'CPU, memory and disk of each task are no longer seen, only those of a service; no alarm needs them.',
  lowersAvailability: false,
  source: 'alarms/catalogue/excluded-metrics.ts',
  change: (store) => {
    const changed = new Template(store.source)
      .ofType('AWS::ECS::Cluster')
      .filter((cluster) => cluster.list('ClusterSettings').some((setting) => isOn(member(setting, 'Value'))))
      .map(({ id }) => id);
    if (changed.length === 0) return undefined;
    const ClusterSettings = [{ Name: 'containerInsights', Value: 'disabled' }];
    const source = withProperties(changed, { ClusterSettings })(store.source);
    return { store: { ...store, source }, settings: { cluster: { containerInsights: false } }, changed };
  },
};

const isOn = (value: unknown): boolean => value === 'enhanced' || value === 'enabled';
