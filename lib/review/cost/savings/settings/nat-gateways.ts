import { limits } from '../../../../facts/limits';
import { Template } from '../../../../template/template';
import { withoutResources } from '../../../../template/without-resources';
import type { SettingSaving } from '../types';
import { alarmsCalled } from './alarms-of';

const furtherGateway = /^nat-ports-([2-9]|\d\d+)-/;

export const oneNatGateway: SettingSaving = {
  name: 'One NAT gateway',
  risk: 'An outage of its zone ends all calls to payment provider, e-mail and AWS’s APIs, from every zone.',
  lowersAvailability: true,
  source: limits.dataAcrossZones.source,
  change: (store) => {
    const template = new Template(store.source);
    const gateways = template.ofType('AWS::EC2::NatGateway');
    const left = gateways.slice(1);
    if (left.length === 0) return undefined;
    const addresses = left.flatMap((gateway) => gateway.references('AllocationId'));
    const changed = [...[...left, ...addresses].map(({ id }) => id), ...alarmsCalled(furtherGateway, template)];
    // The zones without a gateway send what they sent through theirs to another zone.
    const sent = store.usage.natGb * (1 - 1 / gateways.length) * limits.dataAcrossZones.sides;
    const usage = { ...store.usage, interZoneGb: store.usage.interZoneGb + sent };
    return {
      store: { ...store, usage, source: withoutResources(store.source, changed) },
      settings: { network: { natGateways: 1 } },
      changed,
    };
  },
};
