import { createLogger } from '../logger';
import { createClients } from './clients';
import { readAssessorEnvironment } from './environment';
import { createHandler } from './handler';
import { cdnRegion } from './republish-cdn';

/** Once for each cold start: an environment that does not fit fails it, and Lambda's log says why. */
const environment = readAssessorEnvironment();

/** What Lambda calls: `main.handler`. */
export const handler = createHandler({
  environment,
  clients: createClients({ region: environment.region }),
  cdnCloudWatch: createClients({ region: cdnRegion }).cloudWatch,
  log: createLogger('assessor'),
  now: () => new Date(),
});
