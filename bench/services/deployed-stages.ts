import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conditions } from '../machine';
import { answersTable, failedText } from './answers';
import { deployedTarget, TargetError } from './deployed-target';
import { findK6, type K6Summary, startShoppers, withoutK6 } from './k6';
import { loadOf, type ScenarioName, scenarios } from './scenarios';

export interface DeployedProps {
  readonly url: string;
  readonly sessionsFile: string | undefined;
  readonly name: ScenarioName;
  readonly factor: number;
}

/**
 * A load from this machine on a store that runs elsewhere. Gives what it found: nothing of it goes to the page, which is of this machine.
 * @throws {TargetError} before anything is asked but its lists
 */
export async function measureDeployed(props: DeployedProps, progress: (message: string) => void): Promise<string> {
  progress(`Reading the lists of ${props.url}`);
  const target = await deployedTarget(props.url, props.sessionsFile);
  const k6 = await findK6(progress);
  if (k6 === undefined) throw new TargetError(withoutK6);
  const load = loadOf(scenarios[props.name], props.factor);
  const folder = mkdtempSync(join(tmpdir(), 'store-load-'));
  try {
    const under = conditions();
    const minutes = load.stages.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
    progress(`${minutes.toFixed(0)} minutes, up to ${load.users.toLocaleString('en')} users`);
    const shoppers = await startShoppers({ k6, folder, target, load });
    const began = Date.now();
    const minute = setInterval(
      () => progress(`${Math.round((Date.now() - began) / 60_000)} of ${minutes.toFixed(0)} minutes`),
      60_000,
    );
    const summary = await shoppers.summary.finally(() => clearInterval(minute));
    const head = `${target.api}, from ${under}; ${scenarios[props.name].source}, × ${props.factor}.`;
    const does =
      target.sessions.length > 0
        ? 'Users put things into carts and order them; nobody pays.'
        : 'Users read the catalogue and nothing else: no --sessions.';
    return [`${head} ${does}`, answersTable(summary, load.users), failedText(summary), ...limitedText(summary)].join('\n\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All users come from one address here. */
function limitedText({ limited }: K6Summary): string[] {
  if (limited === 0) return [];
  return [
    `${limited} were refused by 429, a limit of one address: the figures say nothing of the store. Switch \`rate-limits\` off for the test, and let the ` +
      'firewall count this address instead of blocking it (docs/benchmarks.md, "A store that is deployed").',
  ];
}
