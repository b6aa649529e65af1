import { formatLiteral } from '../format-literal';
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
    id: 'slack-channel-once',
    paths: ['alarmSlack'],
    // github.com/aws-cloudformation/cloudformation-coverage-roadmap issue 1155; read 2026-11-29
    condition: ({ channelOf }) => (channelOf === undefined ? [] : ['alarmSlack.channelId']),
    message: ({ channelOf = '' }) =>
      `the store ${formatLiteral(channelOf)} names this channel, and AWS takes a Slack channel once an account: the second store fails at deployment`,
    fix: () => ({ line: 'a channel of its own, or "alarmTopics" with a topic that the channel is told of' }),
    mayBeAccepted: true, // in another account it works
  },
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
