import { edgeRegion } from '../../lib/facts/regions';
import { createLogger } from '../runtime/logger';
import { createClients } from './clients';
import { readAssessorEnvironment } from './environment';
import { createHandler } from './handler';

/** Once for each cold start: an environment that does not fit fails it, and Lambda's log says why. */
const environment = readAssessorEnvironment();

/** What Lambda calls: `assessor.handler` of the bundle. */
export const handler = createHandler({
  environment,
  clients: createClients({ region: environment.region }),
  edgeCloudWatch: createClients({ region: edgeRegion }).cloudWatch,
  log: createLogger('assessor'),
  now: () => new Date(),
});
