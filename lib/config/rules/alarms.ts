import type { Rule } from './rule';

export const alarmRules: readonly Rule[] = [
  {
    id: 'alarm-topics-region',
    paths: ['alarmTopics', 'region'],
    condition: ({ alarmTopics, region }) =>
      (['page', 'ticket'] as const).flatMap((kind) =>
        (alarmTopics?.[kind] ?? []).flatMap((arn, index) =>
          arn.split(':')[3] === region ? [] : [`alarmTopics.${kind}[${index}]`],
        ),
      ),
    message: ({ region }) => `an alarm calls topics of its own region, ${region}, alone`,
    fix: ({ region }) => ({ line: `a topic in ${region} that forwards to it` }),
  },
];
