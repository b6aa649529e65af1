import type { ResolvedSettings } from '../../lib/config/resolved-settings';
import { resolveSettings } from '../../lib/config/resolved-settings';
import { rules } from '../../lib/config/rules';
import { tierNames } from '../../lib/tiers/tier';
import { brokenRules, storesBeside } from './broken-rules';
import { now, region } from './problems';

/** Parts of the subject under the settings that they come from. */
const settingsOf: Readonly<Record<string, readonly string[]>> = {
  announced: ['drops'],
  channelOf: ['alarmSlack'],
  given: ['zones', 'vpc', 'app', 'container'], // rules ask it only whether these were given
};

describe('a rule', () => {
  test.each(brokenRules)('%s reads no setting but those it names', (id, settings) => {
    const rule = rules.find((candidate) => candidate.id === id);
    const { store, read } = watched(
      resolveSettings({
        name: 'acme',
        tier: tierNames.find((tier) => Reflect.get(settings, 'tier') === tier) ?? 'medium',
        settings: { region, ...settings },
        stores: { acme: settings, ...storesBeside[id] },
        imageUri: undefined,
        now,
      }),
    );
    rule?.condition(store);
    const named = new Set(rule?.paths.map((path) => path.split('.')[0]));
    expect([...read].filter((key) => !(settingsOf[key] ?? [key]).some((setting) => named.has(setting)))).toEqual([]);
    expect(read.size).toBeGreaterThan(0);
  });
});

/** The subject, and the names of the parts that were read of it. */
function watched(resolved: ResolvedSettings): { store: ResolvedSettings; read: ReadonlySet<string> } {
  const read = new Set<string>();
  const store = new Proxy(resolved, {
    get(target, key): unknown {
      read.add(String(key));
      return Reflect.get(target, key);
    },
  });
  return { store, read };
}
