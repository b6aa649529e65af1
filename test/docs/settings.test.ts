import { exampleOfSetting, settingsPage } from '../../bin/docs/settings-page';
import { loadStoreConfig } from '../../lib/config/load-store-config';
import { storeSchema } from '../../lib/config/settings';

const settings = Object.keys(storeSchema.shape);

describe('the example of a setting', () => {
  test.each(settings)('%s makes a medium store without a problem', (setting) => {
    const example = exampleOfSetting(setting);
    expect(example[setting]).toBeDefined();
    const size = setting === 'tier' ? {} : { tier: 'medium' };
    const context = { ...size, stores: { shop: { region: 'us-east-1', ...example } } };
    expect(loadStoreConfig(context, { now: new Date('2026-11-20T12:00:00Z') }).name).toBe('shop');
  });
});

describe('the page of settings', () => {
  const sections = new Map(
    settingsPage()
      .split('\n## ')
      .slice(1)
      .map((section) => [section.split('`')[1], section]),
  );

  test('has a section for each setting', () => {
    expect(new Set(sections.keys())).toEqual(new Set(settings));
  });

  test('has defaults of the sizes, of the code and of nothing', () => {
    expect(sections.get('database')).toContain(
      'Default: `false` in small, `true` in medium, `true` in large, `true` in enterprise.',
    );
    expect(sections.get('postgres')).toContain('Default: `"18"`.');
    expect(sections.get('alarmEmail')).not.toContain('Default');
  });

  test('says what a setting needs beside it', () => {
    expect(sections.get('night')).toContain('"production": false,\n"night": {');
  });
});
