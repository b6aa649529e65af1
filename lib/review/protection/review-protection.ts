import type { Template } from '../../template/template';
import { backups } from './backups';
import { deletion } from './deletion';
import { encryptionAtRest } from './encryption-at-rest';
import { encryptionInTransit } from './encryption-in-transit';
import { exposedData } from './exposed-data';
import { exposedEdge } from './exposed-edge';
import { exposedNetwork } from './exposed-network';
import { firewall } from './firewall';
import { recovery } from './recovery';
import type { Protection, ProtectionRow } from './types';

/**
 * How a template protects what it deploys, with what a team added to it. Throws at no template.
 * @param isKnownType whether this review knows what resources of a type are
 */
export function reviewProtection(template: Template, isKnownType: (type: string) => boolean = () => true): Protection {
  return {
    rows: [
      ...exposedEdge(template),
      ...firewall(template),
      ...exposedNetwork(template),
      ...exposedData(template),
      ...encryptionInTransit(template),
      ...encryptionAtRest(template),
      ...deletion(template),
      ...backups(template),
      ...recovery(template),
      ...unknownTypes(template, isKnownType),
    ],
  };
}

function unknownTypes(template: Template, isKnownType: (type: string) => boolean): readonly ProtectionRow[] {
  const unknown = template.resources.filter(({ type }) => !isKnownType(type));
  return [...Map.groupBy(unknown, ({ type }) => type)].map(([type, all]) => ({
    topic: 'exposure',
    subject: type.split('::').slice(-2).join(' '),
    text: 'a type that this review does not know: exposure and data not checked',
    verdict: 'not known',
    resources: all.map(({ id }) => id),
  }));
}
