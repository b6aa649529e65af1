import { only, propertiesOf } from '../constructs/parts';
import { resourcesOf, templateOf } from '../support/stores';

const topic = (name: string) => `arn:aws:sns:us-east-1:111122223333:${name}`;
const onCall = [topic('on-call'), topic('on-call-too')];
const desk = [topic('desk'), topic('desk-too')];

const alarmsIn = (from: ReturnType<typeof templateOf>) => [
  ...propertiesOf(from, 'AWS::CloudWatch::Alarm'),
  ...propertiesOf(from, 'AWS::CloudWatch::CompositeAlarm'),
];

describe('a store whose alarms are heard elsewhere', () => {
  const from = templateOf('small', {
    alarmSlack: { workspaceId: 'T0123456789', channelId: 'C0123456789' },
    alarmTopics: { page: onCall, ticket: desk },
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

  test('calls all the other topics by their ARN: pages some, tickets the others', () => {
    for (const { AlarmName, AlarmActions } of alarmsIn(from)) {
      const [own, ...others] = AlarmActions as [{ Ref: string }, ...unknown[]];
      expect({ AlarmName, others }).toEqual({ AlarmName, others: own.Ref.startsWith('AlertsPage') ? onCall : desk });
    }
  });

  test('is told that it is over by tickets alone, and only of what paged', () => {
    const whenOver = alarmsIn(from).map(({ AlarmName, OKActions }) => [AlarmName, OKActions] as [string, unknown]);
    expect(whenOver.filter(([, actions]) => actions !== undefined)).toEqual(
      ['shop-customers-failing', 'shop-database-bottleneck'].map((name) => [name, [{ Ref: ticketTopic }, ...desk]]),
    );
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

const ticketTopic = expect.stringMatching(/^AlertsTicket/) as string;

const told = (targets: { Arn: { Ref: string }; Input: string }[]) =>
  targets.map(({ Arn, Input }) => ({ topic: Arn.Ref, message: JSON.parse(Input) as unknown }));

describe('events that no alarm of CloudWatch sees', () => {
  const from = templateOf('medium');
  const rules = resourcesOf(from, 'AWS::Events::Rule').filter(([id]) => id.startsWith('Alarms'));
  const idOf = (type: string, prefix: string) => resourcesOf(from, type).find(([id]) => id.startsWith(prefix))?.[0];

  const failedDeployment = (service: string) => ({
    source: ['aws.ecs'],
    'detail-type': ['ECS Deployment State Change'],
    resources: [{ Ref: idOf('AWS::ECS::Service', service) }],
    detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
  });

  test('are a failed deployment of either service and a failed copy in the store’s own vault', () => {
    expect(rules.map(([, { Properties }]) => [Properties.State, Properties.EventPattern] as unknown)).toEqual([
      ['ENABLED', failedDeployment('Api')],
      ['ENABLED', failedDeployment('Worker')],
      [
        'ENABLED',
        {
          source: ['aws.backup'],
          'detail-type': ['Backup Job State Change'],
          detail: {
            backupVaultName: [{ 'Fn::GetAtt': [only(from, 'AWS::Backup::BackupVault').id, 'BackupVaultName'] }],
            state: ['ABORTED', 'EXPIRED', 'FAILED'],
          },
        },
      ],
    ]);
  });

  /** Amazon Q Developer in chat applications, custom notifications: nothing else of EventBridge would be shown. */
  test('reach the tickets in the form that a channel of Slack shows', () => {
    expect(rules.map(([, { Properties }]) => told(Properties.Targets))).toEqual(
      [
        ['Deployment of the API failed', 'api-deployment-failed'],
        ['Deployment of the worker failed', 'worker-deployment-failed'],
        ['A copy of AWS Backup failed', 'backup-failed'],
      ].map(([title, anchor]) => [
        {
          topic: ticketTopic,
          message: {
            version: '1.0',
            source: 'custom',
            content: {
              title: `${title} (store shop)`,
              description: expect.stringMatching(new RegExp(`^TICKET: .+ Runbook: docs/runbooks\\.md#${anchor}$`)) as string,
            },
          },
        },
      ]),
    );
  });

  test('are what RDS tells of the primary and of every replica', () => {
    const instances = resourcesOf(from, 'AWS::RDS::DBInstance').map(([id]) => ({ Ref: id }));
    expect(instances.length).toBeGreaterThan(1);
    expect(only(from, 'AWS::RDS::EventSubscription').Properties).toMatchObject({
      Enabled: true,
      SourceType: 'db-instance',
      SourceIds: instances,
      EventCategories: expect.arrayContaining(['availability', 'failover', 'failure', 'low storage', 'maintenance']) as string[],
      SnsTopicArn: { Ref: ticketTopic },
    });
  });

  test('are no copies where nothing is copied', () => {
    expect(JSON.stringify(propertiesOf(templateOf('small'), 'AWS::Events::Rule'))).not.toContain('aws.backup');
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

  test('has the CDN and its certificate read by the assessor, and alarms on what that publishes', () => {
    const from = templateOf('small', { region: 'eu-west-1', domain });
    expect(only(from, 'AWS::Lambda::Function').Properties.Environment.Variables).toEqual({
      STORE_NAME: 'shop',
      BUDGET_USD: '100',
      CDN_DISTRIBUTION_ID: { Ref: resourcesOf(from, 'AWS::CloudFront::Distribution')[0]?.[0] },
      CDN_CERTIFICATE_ARN: cdnCertificateArn,
    });
    expect(JSON.stringify(alarmsIn(from))).not.toContain('AWS/CloudFront'); // an alarm reads its own region
    const republished = propertiesOf(from, 'AWS::CloudWatch::Alarm').filter(({ AlarmName }) =>
      String(AlarmName).startsWith('shop-cdn-'),
    );
    expect(republished.map(({ AlarmName, Namespace, MetricName }) => [AlarmName, Namespace, MetricName] as unknown)).toEqual([
      ['shop-cdn-errors-warning', 'Store/shop', 'CdnErrorRate'],
      ['shop-cdn-certificate-warning', 'Store/shop', 'CdnCertificateDaysToExpiry'],
    ]);
  });

  test('of us-east-1 needs none of it', () => {
    const from = templateOf('small', { domain });
    expect(only(from, 'AWS::Lambda::Function').Properties.Environment.Variables).toEqual({
      STORE_NAME: 'shop',
      BUDGET_USD: '100',
    });
  });
});
