import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tierNames } from '../../lib/tiers/tier';
import { environment, viewerAddressHeader } from '../../services/contract';
import { outsideServices, resourcesOf, signedFiles } from '../support/stores';
import { type Container, each, type Statement, statementsAllowing, type Trap } from './trap';

const publishers = ['budgets.amazonaws.com', 'cloudwatch.amazonaws.com', 'events.amazonaws.com', 'events.rds.amazonaws.com'];

/** Variables that hold a secret. */
const secretVariables: readonly string[] = [
  environment.databaseMasterSecret,
  environment.stripeSecretKey,
  environment.stripeWebhookSecret,
  environment.captchaSecretKey,
  environment.signingKey,
];

export const rightsAndLimits: readonly Trap[] = [
  {
    name: 'topics are encrypted with the store’s key, which lets alarms, budgets, events and RDS publish',
    holds(stores) {
      for (const { tier, resource } of each(stores, 'AWS::SNS::Topic')) {
        const key = stores[tier].Resources[resource.Properties.KmsMasterKeyId['Fn::GetAtt'][0]];
        const statements: readonly Statement[] = key?.Properties.KeyPolicy.Statement ?? [];
        const allowed = statements
          .filter(({ Action }) => [Action].flat().includes('kms:GenerateDataKey*') && [Action].flat().includes('kms:Decrypt'))
          .flatMap(({ Principal }) => Principal?.Service ?? []);
        expect(allowed).toEqual(expect.arrayContaining(publishers));
      }
    },
  },
  {
    name: 'AWS Cost Anomaly Detection may publish to the topic that it tells, and encrypt with its key',
    holds({ withOutsideServices: store }) {
      const topics = resourcesOf(store, 'AWS::CE::AnomalySubscription').flatMap(([, { Properties }]) =>
        (Properties.Subscribers as { Address: { Ref: string } }[]).map(({ Address }) => Address.Ref),
      );
      expect(topics).toHaveLength(1);
      for (const id of topics) {
        const key = store.Resources[store.Resources[id]?.Properties.KmsMasterKeyId['Fn::GetAtt'][0] as string];
        const policies = resourcesOf(store, 'AWS::SNS::TopicPolicy').filter(
          ([, { Properties }]) => Properties.Topics[0].Ref === id,
        );
        for (const policy of [key?.Properties.KeyPolicy, ...policies.map(([, { Properties }]) => Properties.PolicyDocument)]) {
          const principals = (policy.Statement as Statement[]).flatMap(({ Principal }) => Principal?.Service ?? []);
          expect(principals).toContain('costalerts.amazonaws.com');
        }
        expect(policies).toHaveLength(1);
      }
    },
  },
  {
    name: 'a variable that holds a secret gets it from Secrets Manager, never as plain text of the template',
    holds({ withOutsideServices: store }) {
      const containers = resourcesOf(store, 'AWS::ECS::TaskDefinition').flatMap(
        ([, { Properties }]) => Properties.ContainerDefinitions as Container[],
      );
      const plain = containers.flatMap(({ Environment = [] }) => Environment.map(({ Name }) => Name));
      expect(plain.filter((name) => secretVariables.includes(name))).toEqual([]);
      const secrets = containers.flatMap(({ Secrets = [] }) => Secrets);
      expect(new Set(secrets.map(({ Name }) => Name))).toEqual(new Set(secretVariables));
      for (const { ValueFrom } of secrets) {
        const own =
          typeof ValueFrom === 'object' && ValueFrom !== null && 'Ref' in ValueFrom && store.Resources[String(ValueFrom.Ref)];
        expect(own ? own.Type : ValueFrom).toMatch(/^(AWS::SecretsManager::|arn:aws:secretsmanager:)/);
      }
    },
  },
  {
    name: 'nothing but execution roles may read the secrets of Stripe, of the captcha and of signed links, the last two the API’s alone',
    holds({ withOutsideServices: store }) {
      const readersOf = (arn: string) =>
        statementsAllowing(store, 'secretsmanager:GetSecretValue')
          .filter(({ statement }) => JSON.stringify(statement.Resource).includes(arn))
          .map(({ id }) => /^(\w+ExecutionRole)/.exec(id)?.[1] ?? id);
      expect(readersOf(outsideServices.payments.stripeSecretArn)).toEqual([
        'ApiTasksTaskExecutionRole',
        'WorkerTasksTaskExecutionRole',
      ]);
      expect(readersOf(outsideServices.protection.captcha.secretArn)).toEqual(['ApiTasksTaskExecutionRole']);
      expect(readersOf(signedFiles.files.signingKeySecretArn)).toEqual(['ApiTasksTaskExecutionRole']);
    },
  },
  {
    name: 'e-mails are sent by the worker alone, and as the store’s sender alone',
    holds({ withOutsideServices: store }) {
      const senders = ['ses:SendEmail', 'ses:SendRawEmail', 'ses:*'].flatMap((action) => statementsAllowing(store, action));
      expect(senders.map(({ id }) => id)).toEqual([expect.stringMatching(/^WorkerTasksTaskTaskRole/)]);
      for (const { statement } of senders) {
        expect(statement.Condition).toEqual({ StringEquals: { 'ses:FromAddress': outsideServices.emailFrom } });
      }
    },
  },
  {
    name: 'the firewall counts viewers by the header that the CDN overwrites, not by one that they write',
    holds(stores) {
      for (const { tier, resource } of each(stores, 'AWS::WAFv2::WebACL')) {
        const rates = resource.Properties.Rules.flatMap(
          (rule: { Statement: { RateBasedStatement?: unknown } }) => rule.Statement.RateBasedStatement ?? [],
        );
        expect(rates).toEqual([
          expect.objectContaining({
            AggregateKeyType: 'FORWARDED_IP',
            ForwardedIPConfig: { HeaderName: viewerAddressHeader, FallbackBehavior: 'MATCH' },
          }),
        ]);
        const functions = resourcesOf(stores[tier], 'AWS::CloudFront::Function').map(
          ([, { Properties }]) => Properties.FunctionCode as string,
        );
        expect(
          functions.filter((code) => code.includes(`headers['${viewerAddressHeader}'] = { value: event.viewer.ip }`)),
        ).toHaveLength(1);
      }
    },
  },
  {
    name: 'the common rule set counts bodies over 8 KB instead of blocking uploads',
    holds(stores) {
      for (const { resource } of each(stores, 'AWS::WAFv2::WebACL')) {
        expect(JSON.stringify(resource.Properties.Rules)).toContain(
          '{"ActionToUse":{"Count":{}},"Name":"SizeRestrictions_BODY"}',
        );
      }
    },
  },
  {
    name: 'the firewall is regional: what has CLOUDFRONT scope lives in us-east-1 alone',
    holds: (stores) =>
      each(stores, 'AWS::WAFv2::WebACL').forEach(({ resource }) => expect(resource.Properties.Scope).toBe('REGIONAL')),
  },
  {
    name: 'the budget counts the account: by a tag it would read zero until the payer activates the tag',
    holds: (stores) =>
      each(stores, 'AWS::Budgets::Budget').forEach(({ resource }) =>
        expect(resource.Properties.Budget).not.toHaveProperty('CostFilters'),
      ),
  },
  {
    name: 'ports stand as numbers in the rules of security groups',
    holds(stores) {
      for (const type of ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress']) {
        for (const { id, resource } of each(stores, type)) {
          const { FromPort, ToPort } = resource.Properties;
          expect({ id, from: typeof FromPort, to: typeof ToPort }).toEqual({ id, from: 'number', to: 'number' });
        }
      }
    },
  },
  {
    name: 'one store takes three Elastic IPs at the most, of the five that a region gives',
    holds(stores) {
      for (const tier of tierNames) expect(resourcesOf(stores[tier], 'AWS::EC2::EIP').length).toBeLessThanOrEqual(3);
    },
  },
  {
    name: 'interfaces of a VPC origin can outlive the stack: docs/leaving.md says what to do',
    holds: () => expect(readFileSync(join(__dirname, '../../docs/leaving.md'), 'utf8')).toMatch(/VPC origin/),
  },
  {
    name: 'synthesis reports nothing to AWS: no usage metadata, no version reporting, no notices',
    holds(stores) {
      const settings = JSON.parse(readFileSync(join(__dirname, '../../cdk.json'), 'utf8')) as Record<string, unknown>;
      expect(settings).toMatchObject({ versionReporting: false, notices: false });
      for (const tier of tierNames) expect(resourcesOf(stores[tier], 'AWS::CDK::Metadata')).toEqual([]);
    },
  },
  {
    name: 'the worker scales on running tasks told by samples of a free metric',
    holds(stores) {
      const policies = each(stores, 'AWS::ApplicationAutoScaling::ScalingPolicy').filter(({ id }) =>
        id.startsWith('WorkerBacklog'),
      );
      expect(policies).toHaveLength(tierNames.length);
      for (const { resource } of policies) {
        const { Metrics } = resource.Properties.TargetTrackingScalingPolicyConfiguration.CustomizedMetricSpecification;
        expect(Metrics).toContainEqual(
          expect.objectContaining({
            Id: 'tasks',
            MetricStat: expect.objectContaining({
              Stat: 'SampleCount',
              Metric: expect.objectContaining({ MetricName: 'CPUUtilization' }),
            }),
          }),
        );
      }
    },
  },
];
