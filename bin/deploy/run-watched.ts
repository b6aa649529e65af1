import type { DeployedClients } from '../../lib/deployed/clients';
import { type InProgress, readInProgress } from '../../lib/deployed/in-progress';
import type { DeployIo } from './io';
import type { Target } from './target';

interface Watched {
  readonly target: Target;
  readonly clients: DeployedClients;
  readonly io: DeployIo;
}

/**
 * Runs the CDK, and tells every minute at what CloudFormation is at work and since when. Where the CDK is interrupted, it tells that
 * CloudFormation goes on, and how to follow it. @returns the CDK's exit code
 */
export async function runWatched(argv: readonly string[], { target, clients, io }: Watched): Promise<number> {
  const { stack, config } = target;
  const names = { region: config.region, stack };
  const began = io.now().getTime();
  let asking = Promise.resolve();
  const tell = async () => {
    const now = io.now();
    // What cannot be read now may be readable a minute later, and the CDK tells its own errors.
    const working = await readInProgress(clients.cloudFormation, names).catch(() => []);
    if (working.length > 0) io.writeError(`${progressLine(working, now, began)}\n`);
  };
  const timer = setInterval(() => void (asking = asking.then(tell)), io.watchEveryMs ?? 60_000);
  const code = await io.cdk(argv).finally(() => clearInterval(timer));
  await asking;
  if (code > 128) io.writeError(followText(stack, config.region));
  return code;
}

/** `17 min: at work on DatabasePrimary… (AWS::RDS::DBInstance, 14 min) and 3 more` */
function progressLine(working: readonly InProgress[], now: Date, began: number): string {
  const minutes = (since: number) => `${Math.max(0, Math.floor((now.getTime() - since) / 60_000))} min`;
  const shown = working.slice(0, 3).map(({ logicalId, type, since }) => {
    return `${logicalId} (${type}, ${since === undefined ? 'since when is not known' : minutes(since.getTime())})`;
  });
  const more = working.length > shown.length ? ` and ${working.length - shown.length} more` : '';
  return `${minutes(began)}: at work on ${shown.join(', ')}${more}`;
}

const followText = (stack: string, region: string): string =>
  [
    `Interrupted. What CloudFormation has begun with ${stack} goes on without this terminal. Follow it:`,
    `→ aws cloudformation describe-stack-events --stack-name ${stack} --region ${region} --max-items 20`,
    'When it has ended, run the same command again: it reads what has become of it.',
    '',
  ].join('\n');
