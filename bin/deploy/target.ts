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
  /** `small:medium`, where the store pins another size. */
  readonly changeTier: string | undefined;
}

/**
 * The store with its size, as the CDK app will load it. A size other than the pinned one is confirmed later.
 * @throws ConfigError with this command's options
 */
export function targetOf(
  { tier, store, changeTier: given, context }: ParsedOptions,
  io: Pick<DeployIo, 'context' | 'now'>,
): Target {
  const fileContext = io.context();
  const pinned = pinnedSize(fileContext['stores'], store);
  const changeTier = given ?? (pinned !== undefined && tier !== undefined && pinned !== tier ? `${pinned}:${tier}` : undefined);
  const options = Object.entries({ tier, store, changeTier }).filter(([, value]) => value !== undefined);
  try {
    const config = loadStoreConfig({ ...fileContext, ...context, ...Object.fromEntries(options) }, { now: io.now() });
    return { config, stack: physicalNames(config.name).stack, changeTier };
  } catch (error) {
    if (error instanceof ConfigError) throw new ConfigError(...withOurOptions(error));
    throw error;
  }
}

function pinnedSize(stores: unknown, store: string | undefined): TierName | undefined {
  if (!isObject(stores)) return undefined;
  const [only, ...more] = Object.keys(stores);
  const name = store ?? (more.length === 0 ? only : undefined);
  const settings = name !== undefined && Object.hasOwn(stores, name) ? stores[name] : undefined;
  return isObject(settings) ? tierNames.find((size) => size === settings['tier']) : undefined;
}

/** The proposed lines have options of the CDK, which are not this command's. */
function withOurOptions({ message, problems }: ConfigError): ConstructorParameters<typeof ConfigError> {
  const subject = message.slice(0, message.indexOf(`: ${problems.length} problem`));
  return [subject, problems.map(({ fix, ...problem }) => ({ ...problem, fix: fix.map(toOurOptions) }))];
}

function toOurOptions(line: string): string {
  return line
    .replace(/^npx cdk diff (.*) shows/, 'npm run deploy -- $1 --dry-run shows')
    .replaceAll(/--context (tier|store)=/g, '--$1 ')
    .replaceAll('--context changeTier=', '--change-tier ');
}
