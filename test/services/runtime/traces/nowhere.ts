import type { LocalPlaces } from '../../../../bin/local/environment';
import { queueNames } from '../../../../services/contract';

/** Nothing listens there. */
export const nobody = 'http://127.0.0.1:1';

/** Places of which nobody answers. */
export const nowhere: LocalPlaces = {
  apiPort: 0,
  databasePort: 1,
  replicaPort: 1,
  cachePort: undefined,
  awsEndpoint: nobody,
  queueUrls: Object.fromEntries(queueNames.map((queue) => [queue, nobody])) as LocalPlaces['queueUrls'],
  stripeUrl: nobody,
};
