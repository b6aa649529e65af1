import { loadStoreConfig } from '../../lib/config/load-store-config';
import { synthesize } from '../../lib/store-app';
import { now, settingKeys, withSetting } from '../config/problems';
import { remembered } from '../constructs/parts';
import { everything, inTheirVpc, otherStores, otherValues, withoutEffect } from './two-values';

const keys = settingKeys();
const settings = keys.filter((key) => !keys.some((other) => other.startsWith(`${key}.`)));

const table = 'test/settings-of-a-store/two-values.ts';

/** What a store deploys, as one text. */
const resourcesOf = remembered((given: object) =>
  JSON.stringify(
    synthesize(loadStoreConfig({ stores: { shop: { region: 'us-east-1', tier: 'small', ...given } } }, { now })).Resources,
  ),
);

test.each(settings.filter((setting) => !(setting in withoutEffect)))('two values of %s give two templates', (setting) => {
  const advice = `${setting} is accepted and changes nothing: give it an effect, or list it in withoutEffect of ${table} with a reason`;
  expect(changesTheTemplate(setting) ? 'two templates' : advice).toBe('two templates');
});

test('every setting without an effect is one, and gives its reason', () => {
  for (const [setting, reason] of Object.entries(withoutEffect)) {
    expect(settings).toContain(setting);
    expect(reason).toMatch(/^.{20,}$/);
  }
});

function changesTheTemplate(setting: string): boolean {
  const stores = otherStores[setting];
  if (stores) return resourcesOf(stores[0]) !== resourcesOf(stores[1]);
  if (!(setting in otherValues)) throw new Error(`${setting} is new: add a second value of it to ${table}`);
  const base = setting.startsWith('vpc.') ? inTheirVpc : everything;
  return isShown(setting, base) || resourcesOf(base) !== resourcesOf(withValue(base, setting, otherValues[setting]));
}

/** Whether the value is in the template of a store with all second values, and not in the base's: one synthesis for most settings. */
function isShown(setting: string, base: object): boolean {
  const marks = marksOf(setting);
  const [before, after] = [resourcesOf(base), resourcesOf(withAllMarks(base))];
  return marks.length > 0 && marks.every((mark) => mark.test(after) && !mark.test(before));
}

const withAllMarks = remembered((base: object) =>
  Object.keys(otherValues)
    .filter((setting) => marksOf(setting).length > 0 && (setting.split('.')[0] ?? '') in base)
    .reduce((store, setting) => withValue(store, setting, otherValues[setting]), base),
);

/** Parts of the value that stand for this setting alone, such as names; a number of one digit can be anything's. */
function marksOf(setting: string): readonly RegExp[] {
  const rest = Object.entries(otherValues).flatMap(([other, value]) => (other === setting ? [] : textsIn(value)));
  return textsIn(otherValues[setting]).flatMap((text) => {
    const isNumber = /^\d{2,}$/.test(text);
    if (!isNumber && text.length <= 3) return [];
    const mark = isNumber ? new RegExp(`(?<![\\w.])${text}(?![\\w.])`) : new RegExp(RegExp.escape(text));
    return rest.some((other) => mark.test(other)) ? [] : [mark];
  });
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn);
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}

/** Without the setting where the value is undefined. */
function withValue(base: object, setting: string, value: unknown): object {
  const [part = ''] = setting.split('.');
  const after = withSetting(base, setting, value);
  return setting === part ? after : { ...base, [part]: JSON.parse(JSON.stringify(Reflect.get(after, part))) };
}
