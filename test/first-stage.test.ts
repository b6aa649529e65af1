import { keepFoundation } from '../lib/first-stage';
import { addStore, createApp, templateOnly } from '../lib/store-app';
import { foundationOf } from '../lib/template/foundation';
import { outsideServices, storeConfig, templateOf } from './support/stores';

test.each([
  ['small', {}],
  ['large', { ...outsideServices, drops: [{ from: '2026-12-01T18:00:00Z', to: '2026-12-01T20:00:00Z', tasks: 12 }] }],
] as const)('the first stage of %s is the foundation of its template', (tier, settings) => {
  const whole = templateOf(tier, settings);
  const app = createApp(templateOnly);
  const stack = addStore(app, storeConfig(tier, settings));
  keepFoundation(stack, whole);

  expect(app.synth().getStackArtifact(stack.artifactId).template).toEqual(foundationOf(whole));
});
