import { createDeployedClients } from '../../lib/deployed/clients';
import { askAws } from '../../lib/preflight/ask-aws';
import { synthesize } from '../../lib/synthesize';
import { cdkContext } from '../cdk-context';
import { terminal } from '../terminal';
import type { DeployIo } from './io';
import { runCdk } from './run-cdk';

/** What this process gives a deployment. Call it before any synthesis: that turns AWS's validation off, which the deployment needs. */
export function processIo(): Omit<DeployIo, 'ask'> {
  const environment = { ...process.env };
  return {
    ...terminal(),
    now: () => new Date(),
    context: cdkContext,
    synthesize,
    clients: (region) => createDeployedClients({ region }),
    preflight: askAws,
    cdk: (argv) => runCdk(argv, { environment }),
  };
}
