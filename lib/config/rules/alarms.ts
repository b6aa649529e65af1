import type { ResolvedSettings } from '../resolved-settings';
import type { Rule } from './rule';

interface Given {
  readonly path: string;
  readonly arn: string;
}

/** Every topic with its place in the settings. */
function topics({ alarmTopics }: ResolvedSettings): Given[] {
  return (['page', 'ticket'] as const).flatMap((kind) =>
    (alarmTopics?.[kind] ?? []).map((arn, index) => ({ path: `alarmTopics.${kind}[${index}]`, arn })),
  );
}

export const alarmRules: readonly Rule[] = [
  {
    id: 'alarm-topics-region',
    paths: ['alarmTopics', 'region'],
    condition: (store) => topics(store).flatMap(({ path, arn }) => (arn.split(':')[3] === store.region ? [] : [path])),
    message: ({ region }) => `an alarm calls topics of its own region, ${region}, alone`,
    fix: ({ region }) => ({ line: `a topic in ${region} that forwards to it` }),
  },
  {
    id: 'alarm-topics-once',
    paths: ['alarmTopics'],
    condition: (store) =>
      topics(store).flatMap(({ path, arn }, index, all) =>
        all.some((before, place) => place < index && before.arn === arn) ? [path] : [],
      ),
    message: () => 'one topic is told once: a page and a ticket in the same place cannot be told apart',
    fix: () => ({ line: 'leave it out' }),
  },
];
