import type { ResolvedSettings } from '../resolved-settings';
import { type Rule, regionOf } from './rule';

/** Every topic with its place in the settings. */
function topics({ alarmTopics }: ResolvedSettings) {
  return (['page', 'ticket'] as const).flatMap((kind) =>
    (alarmTopics?.[kind] ?? []).map((arn, index) => ({ path: `alarmTopics.${kind}[${index}]`, arn })),
  );
}

export const alarmRules: readonly Rule[] = [
  {
    id: 'alarm-topics-region',
    paths: ['alarmTopics', 'region'],
    condition: (store) => topics(store).flatMap(({ path, arn }) => (regionOf(arn) === store.region ? [] : [path])),
    message: ({ region }) => `an alarm can only notify topics in its own region, ${region}`,
    fix: ({ region }) => ({ line: `a topic in ${region} that forwards to it` }),
  },
  {
    id: 'alarm-topics-once',
    paths: ['alarmTopics'],
    condition: (store) =>
      topics(store).flatMap(({ path, arn }, index, all) =>
        all.some((before, place) => place < index && before.arn === arn) ? [path] : [],
      ),
    message: () => 'list each topic once: pages and tickets in one topic cannot be distinguished',
    fix: () => ({ line: 'leave it out' }),
  },
];
