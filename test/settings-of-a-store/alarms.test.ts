import { only, propertiesOf } from '../constructs/parts';
import { resourcesOf, templateOf } from '../stores';

const onCall = 'arn:aws:sns:us-east-1:111122223333:on-call';
const desk = 'arn:aws:sns:us-east-1:111122223333:desk';

const alarmsIn = (from: ReturnType<typeof templateOf>) => [
  ...propertiesOf(from, 'AWS::CloudWatch::Alarm'),
  ...propertiesOf(from, 'AWS::CloudWatch::CompositeAlarm'),
];

describe('a store whose alarms are heard elsewhere', () => {
  const from = templateOf('small', {
    alarmSlack: { workspaceId: 'T0123456789', channelId: 'C0123456789' },
    alarmTopics: { page: [onCall], ticket: [desk] },
    runbooksUrl: 'https://wiki.example.com/runbooks',
  });

  test('tells a channel of Slack both topics, which may read and change nothing', () => {
    const { id, Properties } = only(from, 'AWS::Chatbot::SlackChannelConfiguration');
    expect(id).toMatch(/^AlertsSlack/);
    expect(Properties).toMatchObject({
      ConfigurationName: 'shop-alerts',
      SlackWorkspaceId: 'T0123456789',
      SlackChannelId: 'C0123456789',
      SnsTopicArns: [{ Ref: expect.stringMatching(/^AlertsPage/) }, { Ref: expect.stringMatching(/^AlertsTicket/) }],
    });
    expect(JSON.stringify(Properties.GuardrailPolicies)).toContain('CloudWatchReadOnlyAccess');
    expect(JSON.stringify(Properties.GuardrailPolicies)).not.toContain('AdministratorAccess');
  });

  test('calls other topics by their ARN: pages one, tickets the other', () => {
    for (const { AlarmName, AlarmActions } of alarmsIn(from)) {
      const [own, others] = [AlarmActions[0].Ref as string, (AlarmActions as unknown[]).slice(1)];
      expect({ AlarmName, others }).toEqual({ AlarmName, others: [own.startsWith('AlertsPage') ? onCall : desk] });
    }
  });

  test('names the runbook of each alarm by its address', () => {
    for (const { AlarmName, AlarmDescription } of alarmsIn(from)) {
      expect({ AlarmName, AlarmDescription }).toEqual({
        AlarmName,
        AlarmDescription: expect.stringMatching(/ Runbook: https:\/\/wiki\.example\.com\/runbooks#[a-z0-9-]+$/),
      });
      expect((AlarmDescription as string).length).toBeLessThanOrEqual(1_024); // CloudWatch's limit
    }
  });
});

describe('a store that is not production', () => {
  const quiet = templateOf('small', { production: false });

  test('has its alarms, which tell nobody', () => {
    expect(alarmsIn(quiet)).toHaveLength(alarmsIn(templateOf('small')).length);
    expect(alarmsIn(quiet).map(({ ActionsEnabled }) => ActionsEnabled as boolean)).not.toContain(true);
    expect(propertiesOf(quiet, 'AWS::Events::Rule').map(({ State }) => State as string)).toEqual(['DISABLED', 'DISABLED']);
    expect(only(quiet, 'AWS::RDS::EventSubscription').Properties.Enabled).toBe(false);
  });

  test('tells all the same where it says so', () => {
    const loud = templateOf('small', { production: false, alarmActions: true });
    expect(alarmsIn(loud).map(({ ActionsEnabled }) => ActionsEnabled as boolean)).not.toContain(false);
    expect(only(loud, 'AWS::RDS::EventSubscription').Properties.Enabled).toBe(true);
  });
});

describe('a store outside us-east-1', () => {
  const cdnCertificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';
  const domain = { name: 'shop.example.com', hostedZoneId: 'Z0123456789', hostedZoneName: 'example.com', cdnCertificateArn };

  test('has the CDN and its certificate read by the assessor, and no alarm on them', () => {
    const from = templateOf('small', { region: 'eu-west-1', domain });
    expect(only(from, 'AWS::Lambda::Function').Properties.Environment.Variables).toEqual({
      STORE_NAME: 'shop',
      CDN_DISTRIBUTION_ID: { Ref: resourcesOf(from, 'AWS::CloudFront::Distribution')[0]?.[0] },
      CDN_CERTIFICATE_ARN: cdnCertificateArn,
    });
    expect(JSON.stringify(alarmsIn(from))).not.toContain('AWS/CloudFront');
  });

  test('of us-east-1 needs none of it', () => {
    const from = templateOf('small', { domain });
    expect(only(from, 'AWS::Lambda::Function').Properties.Environment.Variables).toEqual({ STORE_NAME: 'shop' });
  });
});
