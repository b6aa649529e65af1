import { ConfigError } from '../../lib/config/config-error';
import { isObject } from '../../lib/config/is-object';
import { loadStoreConfig } from '../../lib/config/load-store-config';
import { physicalNames } from '../../lib/config/physical-names';
import type { StoreConfig } from '../../lib/config/store-config';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import type { ParsedOptions } from './command';
import type { DeployIo } from './io';

/** What is to be deployed. */
export interface Target {
  readonly config: StoreConfig;
  readonly stack: string;
  /** `small:medium`, where the store pins another size than is asked for. */
  readonly changeTier: string | undefined;
}

/**
 * The store with its size, as the CDK app will load it. That another size than the pinned one is meant, somebody agrees to later.
 * @throws ConfigError in this command's words
 */
export function targetOf(
  { tier, store, changeTier: said, context }: ParsedOptions,
  io: Pick<DeployIo, 'context' | 'now'>,
): Target {
  const ofFile = io.context();
  const pinned = pinnedSize(ofFile['stores'], store);
  const changeTier = said ?? (pinned !== undefined && tier !== undefined && pinned !== tier ? `${pinned}:${tier}` : undefined);
  const ofCommand = Object.entries({ tier, store, changeTier }).filter(([, value]) => value !== undefined);
  try {
    const config = loadStoreConfig({ ...ofFile, ...context, ...Object.fromEntries(ofCommand) }, { now: io.now() });
    return { config, stack: physicalNames(config.name).stack, changeTier };
  } catch (error) {
    if (error instanceof ConfigError) throw new ConfigError(...inOurWords(error));
    throw error;
  }
}

function pinnedSize(stores: unknown, options: string | undefined): TierName | undefined {
  if (!isObject(stores)) return undefined;
  const [only, ...more] = Object.keys(stores);
  const name = options ?? (more.length === 0 ? only : undefined);
  const settings = name !== undefined && Object.hasOwn(stores, name) ? stores[name] : undefined;
  return isObject(settings) ? tierNames.find((size) => size === settings['tier']) : undefined;
}

/** The lines to write instead have options of the CDK, which are not this command's. */
function inOurWords({ message, problems }: ConfigError): ConstructorParameters<typeof ConfigError> {
  const subject = message.slice(0, message.indexOf(`: ${problems.length} problem`));
  return [subject, problems.map(({ fix, ...problem }) => ({ ...problem, fix: fix.map(lineInOurWords) }))];
}

function lineInOurWords(line: string): string {
  return line
    .replace(/^npx cdk diff (.*) shows/, 'npm run deploy -- $1 --dry-run shows')
    .replaceAll(/--context (tier|store)=/g, '--$1 ')
    .replaceAll('--context changeTier=', '--change-tier ');
}
