import type { DeployedClients } from '../../lib/deployed/clients';
import { changeFacts } from '../../lib/facts/changes';

const { deploymentMinutes, rdsStorageOptimization } = changeFacts;

/** How long a deployment takes: minutes, or the hours for which RDS optimises storage. */
export type Lasts = keyof Pick<typeof deploymentMinutes, 'first' | 'change'> | 'hours';

/** Lines for credentials that may end before the deployment does; none where they do not end, or late enough. */
export async function credentialsNotes({ cloudFormation }: DeployedClients, lasts: Lasts, now: Date): Promise<readonly string[]> {
  const { expiration } = await cloudFormation.config.credentials();
  if (expiration === undefined) return [];
  const left = Math.floor((expiration.getTime() - now.getTime()) / 60_000);
  if (lasts !== 'hours' && left >= deploymentMinutes[lasts]) return [];
  const expected = lasts === 'hours' ? `lasts ${rdsStorageOptimization.lasts}` : `may last ${deploymentMinutes[lasts]} min`;
  return [
    `Your credentials end in ${left} min, and the deployment ${expected}: log in anew first. Where they end, CloudFormation goes on with what it ` +
      `has begun${lasts === 'first' ? ', and the second deployment does not begin: run the same command again' : ''}`,
  ];
}
