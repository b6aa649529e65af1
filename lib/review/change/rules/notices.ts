import { elements, type Resource } from '../../../template/template';
import { type FindInProperty, type Found, type RuleTable, type Scope, silent, updated } from '../finding';
import { formatChange } from '../format';
import type { ResourceChange } from '../resource-change';
import { protectedWhileOn, protectedWhileSet, removedFrom, weaker } from './security-regressions';

/** Who is told of alarms and events, and of which. */
export const notices: RuleTable = {
  'AWS::SNS::Subscription': {
    added: ({ after }) => ({ kind: 'added', text: `${recipient(after)} is notified, once it has confirmed`, part: 'alerts' }),
    removed: subscriptionGoes,
    replaced: ({ before, after }) => ({
      ...weaker(`${recipient(before)} is no longer notified; ${recipient(after)} is, once it has confirmed`),
      part: 'alerts',
    }),
    properties: { FilterPolicy: updated('which notices are sent'), RawMessageDelivery: silent },
  },
  'AWS::Chatbot::SlackChannelConfiguration': {
    added: { kind: 'added', text: 'a channel of Slack is notified', part: 'alerts' },
    removed: { ...weaker('the channel of Slack is no longer notified'), part: 'alerts' },
    properties: { SnsTopicArns: fewer('topics tell the channel of Slack') },
  },
  'AWS::SNS::Topic': {
    properties: {
      KmsMasterKeyId: protectedWhileSet('notices are no longer encrypted', 'notices are encrypted with another key'),
    },
  },
  'AWS::Scheduler::Schedule': {
    properties: {
      State: ({ after }) => (after === 'DISABLED' ? weaker('a schedule is switched off') : updated('a schedule is on')),
    },
  },
  'AWS::Events::Rule': {
    removed: eventRuleGoes,
    properties: {
      State: ({ after }) =>
        after === 'DISABLED' ? weaker('a rule for events is switched off') : updated('a rule for events is on'),
      Targets: fewer('targets are told of events'),
    },
  },
  'AWS::RDS::EventSubscription': {
    removed: removedFrom('SourceIds', 'events of the database, such as a failover, are no longer told'),
    properties: {
      Enabled: protectedWhileOn(
        'events of the database, such as a failover, are no longer told',
        'events of the database are told',
      ),
      EventCategories: fewer('kinds of events of the database are told'),
    },
  },
  'AWS::Logs::MetricFilter': {
    removed: removedFrom('LogGroupName', 'lines of a log are no longer counted: alarms on them are silent'),
  },
};

const recipient = (subscription: Resource | undefined): string =>
  `${subscription?.text('Endpoint') ?? 'somebody'} (${subscription?.text('Protocol') ?? 'unknown protocol'})`;

/** Where the topic goes, nobody could be notified. */
function subscriptionGoes({ before, type }: ResourceChange, { after }: Scope): readonly Found[] {
  const same = after.ofType(type).some((other) => recipient(other) === recipient(before) && topicOf(other) === topicOf(before));
  return same ? [] : [{ ...weaker(`${recipient(before)} is no longer notified`), part: 'alerts' }];
}

const topicOf = (subscription: Resource | undefined): string => JSON.stringify(subscription?.value('TopicArn'));

/** A list of what is told, and of who is. */
function fewer(what: string): FindInProperty {
  return ({ before, after }) => {
    const [was, is] = [before, after].map((list) => elements(list).map((one) => JSON.stringify(one)));
    const gone = (was ?? []).filter((one) => !(is ?? []).includes(one));
    const text = `${formatChange(was?.length, is?.length)} ${what}`;
    return gone.length > 0 ? weaker(text) : updated(text);
  };
}

/** By its description, which this project gives each. */
function eventRuleGoes(change: ResourceChange, scope: Scope): readonly Found[] {
  const event = change.before?.text('Description') ?? `what the rule ${change.id} waits for`;
  const find = removedFrom('EventPattern', `no notice any longer: ${event}`);
  return typeof find === 'function' ? [find(change, scope)].flat() : [];
}
