import { imageSchema } from './app-settings';
import { chooseSize } from './choose-size';
import { type Context, checkStage, chooseStore, reportUnknownContext } from './choose-store';
import { ConfigError, type Problem } from './config-error';
import { parseValidFields } from './parse-valid-fields';
import { resolveSettings } from './resolved-settings';
import { judge } from './rules';
import { pathUnder } from './setting-path';
import { storeSchema } from './settings';
import { shapeProblems } from './shape-problems';
import type { StoreConfig } from './store-config';
import { toStoreConfig } from './to-store-config';

interface LoadOptions {
  /** Drops that ended before this moment are left out. */
  readonly now: Date;
}

/**
 * Makes one store's configuration from the CDK's context: the settings in cdk.json (`stores`) and what stands on the command
 * line (`tier`, `store`, `changeTier`, `imageUri`, `stage`).
 * @throws ConfigError, and nothing else, with every problem at once
 */
export function loadStoreConfig(context: Context, { now }: LoadOptions): StoreConfig {
  const problems: Problem[] = [];
  reportUnknownContext(context, problems);
  checkStage(context, problems);
  const chosen = chooseStore(context, problems);
  if (!chosen) throw new ConfigError('No store can be deployed', problems);

  const root = pathUnder('stores', chosen.name);
  const imageUri = context['imageUri'];
  const shapes = [
    ...shapeProblems(storeSchema, chosen.settings, root),
    ...(imageUri === undefined ? [] : shapeProblems(imageSchema, imageUri, 'imageUri')),
  ];
  const settings = parseValidFields(storeSchema, chosen.settings);
  const tier = chooseSize(context, settings.tier, problems);
  const resolved = `Store "${chosen.name.slice(0, 60)}" cannot be deployed`;
  if (!tier) throw new ConfigError(resolved, [...problems, ...shapes]);

  const store = resolveSettings({
    name: chosen.name,
    tier,
    settings,
    stores: chosen.all,
    imageUri: imageSchema.safeParse(imageUri).data,
    now,
  });
  const unreadable = shapes.map(({ path }) => (path === 'imageUri' ? `${root}.servicesImage` : path));
  const { problems: broken, acceptedRisks } = judge(store, root, unreadable);
  const all = [...problems, ...shapes, ...broken];
  if (all.length > 0) throw new ConfigError(`${resolved} as "${tier}"`, all);
  return toStoreConfig(store, acceptedRisks);
}
