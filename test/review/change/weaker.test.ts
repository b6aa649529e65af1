import type { ChangeReview } from '../../../lib/review/change/types';
import { templateOf } from '../../support/stores';
import { between, changing, type Edit, edit, lines, remove, set } from './changed-store';
import { changed, effectsOf, review } from './few-resources';

const alarm = 'AWS::CloudWatch::Alarm';
const cpu = 'Alarmsdatabasecpucritical';
const weakerIn = (found: ChangeReview) => lines(found).filter((line) => line.includes(' security-regression '));

const one = (what: string, name = 'shop-database-cpu-critical') => [`alarms security-regression 1 alarm ${what}: ${name}`];

describe('a store that is no longer in production', () => {
  const found = between(templateOf('medium'), templateOf('medium', { production: false }));

  it('is less protected, and says nothing', () => {
    expect(found.verdict).toBe('safe');
    expect(weakerIn(found)).toEqual([
      'load-balancer security-regression no longer protected from deletion',
      'alarms security-regression 95 alarms with nobody to notify: shop-response-time-warning, shop-response-time-critical, shop-response-time-ceiling-critical, shop-response-time-p99-warning, shop-error-rate-warning, 90 more',
      'alarms security-regression 2 alarms with nobody to notify: shop-customers-failing, shop-database-bottleneck',
      'alarms security-regression 3 × a rule for events is switched off',
      'alarms security-regression events of the database, such as a failover, are no longer told',
    ]);
  });

  it('is an improvement the other way round', () => {
    const back = between(templateOf('medium', { production: false }), templateOf('medium'));
    expect(weakerIn(back)).toEqual([]);
  });
});

test.each<[string, Edit, readonly string[]]>([
  ['is removed', remove(alarm, cpu), one('removed; what was measured stays')],
  [
    'is removed with what it measures',
    (template) => {
      remove(alarm, 'Alarmsnatports1')(template);
      remove('AWS::EC2::NatGateway')(template);
    },
    [],
  ],
  ['has its actions off', set(alarm, { ActionsEnabled: false }, cpu), one('with nobody to notify')],
  ['has no actions', set(alarm, { AlarmActions: [] }, cpu), one('with nobody to notify')],
  ['has other actions', set(alarm, { AlarmActions: ['arn:other'] }, cpu), one('with fewer to notify')],
  ['has one more action', edit(alarm, ({ AlarmActions }) => AlarmActions.push('arn:more'), cpu), []],
  ['is raised', set(alarm, { Threshold: 99 }, cpu), one('later or at a worse value')],
  ['is lowered', set(alarm, { Threshold: 50 }, cpu), []],
  [
    'of too little is lowered',
    set(alarm, { Threshold: 1 }, 'Alarmsdatabasememorycritical'),
    one('later or at a worse value', 'shop-database-memory-critical'),
  ],
  ['of too little is raised', set(alarm, { Threshold: 1e12 }, 'Alarmsdatabasememorycritical'), []],
  ['waits longer', set(alarm, { DatapointsToAlarm: 30, EvaluationPeriods: 30 }, cpu), one('later or at a worse value')],
  ['looks back further, for as many points', set(alarm, { EvaluationPeriods: 300 }, cpu), []],
  ['has longer periods', set(alarm, { Period: 3600 }, cpu), one('later or at a worse value')],
  [
    'ignores missing data',
    set(alarm, { TreatMissingData: 'ignore' }, 'Alarmsapitasksmissing'),
    one('more lenient with missing data', 'shop-api-tasks-missing-critical'),
  ],
  ['takes missing data as bad', set(alarm, { TreatMissingData: 'breaching' }, cpu), []],
  ['has another metric', set(alarm, { MetricName: 'Uptime' }, cpu), one('of something else than before')],
  ['has another statistic', set(alarm, { Statistic: 'Minimum' }, cpu), one('of something else than before')],
  ['has another description', set(alarm, { AlarmDescription: 'other' }, cpu), []],
])('an alarm that %s', (_, change, expected) => {
  expect(weakerIn(changing('medium', change))).toEqual(expected);
});

test('thresholds follow the sizes, and are not told with them', () => {
  const found = between(templateOf('medium'), templateOf('medium', { database: { instanceClass: 'db.m8g.large' } }));
  expect(weakerIn(found)).toEqual([]);
});

test('a composite alarm without one of its alarms', () => {
  const change = edit(
    'AWS::CloudWatch::CompositeAlarm',
    ({ AlarmRule }) => AlarmRule['Fn::Join'][1].splice(0, 2),
    'Alarmscustomersfailing',
  );
  expect(weakerIn(changing('medium', change))).toEqual(one('without alarms that stay', 'shop-customers-failing'));
});

test('a composite alarm that another one can silence', () => {
  const change = set('AWS::CloudWatch::CompositeAlarm', { ActionsSuppressor: 'arn:maintenance' }, 'Alarmscustomersfailing');
  expect(weakerIn(changing('medium', change))).toEqual(one('that another alarm can silence', 'shop-customers-failing'));
});

const mailed = (alarmEmail: string) => templateOf('small', { alarmEmail });

test('another address for alarms has to confirm before it is told of any', () => {
  expect(weakerIn(between(mailed('ops@example.com'), mailed('new@example.com')))).toEqual([
    'alerts security-regression 2 × ops@example.com (email) is no longer notified',
  ]);
  expect(weakerIn(between(mailed('ops@example.com'), templateOf('small')))).toEqual([
    'alerts security-regression 2 × ops@example.com (email) is no longer notified',
  ]);
});

const open = 'a security group lets everybody on the Internet in, where its resources are reachable';

const subscription = (Endpoint: string) => ({ TopicArn: 'arn', Protocol: 'email', Endpoint });

test.each<[string, ChangeReview, string]>([
  [
    'a subscription changes in place of itself',
    changed('AWS::SNS::Subscription', subscription('a@b.c'), subscription('d@e.f')),
    'a@b.c (email) is no longer notified; d@e.f (email) is, once it has confirmed',
  ],
  [
    'the channel of Slack',
    review({ It: { Type: 'AWS::Chatbot::SlackChannelConfiguration' } }, {}),
    'the channel of Slack is no longer notified',
  ],
  [
    'a topic leaves the channel of Slack',
    changed('AWS::Chatbot::SlackChannelConfiguration', { SnsTopicArns: ['a', 'b'] }, { SnsTopicArns: ['a'] }),
    '2 → 1 topics tell the channel of Slack',
  ],
  [
    'a rule for events',
    review({ It: { Type: 'AWS::Events::Rule', Properties: { Description: 'A copy failed' } } }, {}),
    'no notice any longer: A copy failed',
  ],
  [
    'events of the database',
    changed('AWS::RDS::EventSubscription', { EventCategories: ['failover', 'failure'] }, { EventCategories: ['failure'] }),
    '2 → 1 kinds of events of the database are told',
  ],
  [
    'a count of lines',
    review({ It: { Type: 'AWS::Logs::MetricFilter' } }, {}),
    'lines of a log are no longer counted: alarms on them are silent',
  ],
  ['the budget', review({ It: { Type: 'AWS::Budgets::Budget' } }, {}), 'the budget is gone: nobody is told of costs above it'],
  [
    'the subscription to unusual costs',
    review({ It: { Type: 'AWS::CE::AnomalySubscription' } }, {}),
    'nobody is told of unusual costs any longer',
  ],
  [
    'the plan of backups',
    review({ It: { Type: 'AWS::Backup::BackupPlan' } }, {}),
    'no new copies; the recovery points stay in the vault until they expire',
  ],
  [
    'what the plan copies',
    review({ It: { Type: 'AWS::Backup::BackupSelection' } }, {}),
    'nothing is copied by the plan any longer',
  ],
  [
    'the log of rejected connections',
    review({ It: { Type: 'AWS::EC2::FlowLog' } }, {}),
    'rejected connections are no longer logged',
  ],
  [
    'the log of the firewall',
    review({ It: { Type: 'AWS::WAFv2::LoggingConfiguration' } }, {}),
    'requests that the firewall blocks are no longer logged',
  ],
  [
    'a rule that lets everybody in',
    review({}, { It: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { CidrIp: '0.0.0.0/0' } } }),
    open,
  ],
  [
    'a rule that lets everybody in by IPv6',
    changed('AWS::EC2::SecurityGroupIngress', { CidrIpv6: 'fd00::/8' }, { CidrIpv6: '::/0' }),
    open,
  ],
  [
    'a group that lets everybody in',
    changed('AWS::EC2::SecurityGroup', { SecurityGroupIngress: [] }, { SecurityGroupIngress: [{ CidrIp: '0.0.0.0/0' }] }),
    open,
  ],
  [
    'a proxy without TLS',
    changed('AWS::RDS::DBProxy', { RequireTLS: true }, { RequireTLS: false }),
    'connections to the proxy may be unencrypted',
  ],
  [
    'cookies in the log of the firewall',
    changed('AWS::WAFv2::LoggingConfiguration', { RedactedFields: [{}, {}] }, { RedactedFields: [{}] }),
    'the log of the firewall holds more of each request, such as its cookies',
  ],
  ['notices without encryption', changed('AWS::SNS::Topic', { KmsMasterKeyId: 'key' }, {}), 'notices are no longer encrypted'],
  ['a schedule', changed('AWS::Scheduler::Schedule', { State: 'ENABLED' }, { State: 'DISABLED' }), 'a schedule is switched off'],
  [
    'the policy of the vault',
    changed('AWS::Backup::BackupVault', { AccessPolicy: {} }, {}),
    'the vault has no policy: whoever has the right may delete copies',
  ],
  [
    'a bucket that is not copied',
    changed(
      'AWS::Backup::BackupSelection',
      { BackupSelection: { Resources: ['a', 'b'] } },
      { BackupSelection: { Resources: ['b'] } },
    ),
    '1 resource no longer copied by AWS Backup',
  ],
  [
    'a user of the cache without a password',
    changed('AWS::ElastiCache::User', { NoPasswordRequired: false }, { NoPasswordRequired: true }),
    'a user of the cache needs no password',
  ],
  ['rotation', review({ It: { Type: 'AWS::SecretsManager::RotationSchedule' } }, {}), 'the master password is no longer rotated'],
])('%s', (_, found, text) => {
  expect(effectsOf(found)).toEqual([`security-regression ${text}`]);
});
