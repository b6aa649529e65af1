import { chooseSize } from './choose-size';
import { type ChosenStore, type Context, chooseStore, reportUnknownContext } from './choose-store';
import { ConfigError, type Problem } from './config-error';
import { Place } from './place';
import { judge } from './rules';
import { imageShape, type StoreSettings, storeShape } from './settings';
import type { StoreConfig } from './store-config';
import { subjectOf } from './subject';
import { toStoreConfig } from './to-store-config';

interface LoadOptions {
  /** Drops that ended before this moment are left out. */
  readonly now: Date;
}

/**
 * Makes one store's configuration from the CDK's context: the settings in cdk.json (`stores`) and what stands on the command
 * line (`tier`, `store`, `changeTier`, `imageUri`).
 * @throws ConfigError, and nothing else, with every problem at once
 */
export function loadStoreConfig(context: Context, { now }: LoadOptions): StoreConfig {
  const problems: Problem[] = [];
  reportUnknownContext(context, problems);
  const chosen = chooseStore(context, problems);
  if (!chosen) throw new ConfigError('No store can be deployed', problems);

  const { path: root } = new Place('stores', problems).under(chosen.name);
  const settings = readSettings(chosen, new Place(root, problems));
  const imageUri =
    context['imageUri'] === undefined ? undefined : imageShape.read(context['imageUri'], new Place('imageUri', problems));
  const tier = chooseSize(context, settings.tier, problems);
  const subject = `Store "${chosen.name.slice(0, 60)}" cannot be deployed`;
  if (!tier) throw new ConfigError(subject, problems);

  const store = subjectOf({ name: chosen.name, tier, settings, imageUri, now });
  const unreadable = problems
    .filter(({ rule }) => rule === 'shape')
    .map(({ path }) => (path === 'imageUri' ? `${root}.servicesImage` : path));
  const { problems: broken, acceptedRisks } = judge(store, root, unreadable);
  if (problems.length + broken.length > 0) throw new ConfigError(`${subject} as "${tier}"`, [...problems, ...broken]);
  return toStoreConfig(store, acceptedRisks);
}

function readSettings({ settings }: ChosenStore, at: Place): StoreSettings {
  const read = storeShape.read(settings, at);
  if (read && !Object.hasOwn(settings as object, 'region')) {
    const region = at.under('region');
    region.report({ got: 'is missing', allowed: storeShape.fields?.['region']?.allowed ?? '', fix: [region.line('us-east-1')] });
  }
  return read ?? {};
}
