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
import type { Protection } from './types';

/** How a template protects what it deploys: the store's own, or one that somebody else wrote. Throws at no template. */
export function reviewProtection(template: Template): Protection {
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
    ],
  };
}
