import { only, propertiesOf } from '../constructs/parts';
import { publicKey } from '../constructs/public-key';
import { templateOf } from '../support/stores';
import { task } from './template-parts';

describe('settings of a line', () => {
  const from = templateOf('small', {
    budget: { usdPerMonth: 123.5, costTag: 'store$shop' },
    alarmEmail: 'ops@example.com',
    files: { signingPublicKey: publicKey, uploadOrigins: ['https://admin.example.com', 'https://shop.example.com'] },
  });

  test('with a signing key private files have links under the CDN, and the services know the key’s id', () => {
    const { CacheBehaviors } = only(from, 'AWS::CloudFront::Distribution').Properties.DistributionConfig;
    expect(
      CacheBehaviors.find(({ PathPattern }: { PathPattern: string }) => PathPattern === '/files/*').TrustedKeyGroups,
    ).toEqual([{ Ref: only(from, 'AWS::CloudFront::KeyGroup').id }]);
    for (const start of ['Api', 'Worker'] as const) {
      expect(task(from, start).main?.Environment).toContainEqual({
        Name: 'FILES_SIGNING_KEY_ID',
        Value: { Ref: only(from, 'AWS::CloudFront::PublicKey').id },
      });
    }
  });

  test('origins that may upload are those that are named', () => {
    const rules = propertiesOf(from, 'AWS::S3::Bucket').flatMap(({ CorsConfiguration }) => CorsConfiguration?.CorsRules ?? []);
    expect(rules).toHaveLength(2);
    for (const { AllowedOrigins } of rules)
      expect(AllowedOrigins).toEqual(['https://admin.example.com', 'https://shop.example.com']);
  });

  test('a budget has its amount and counts by its tag', () => {
    expect(only(from, 'AWS::Budgets::Budget').Properties.Budget).toMatchObject({
      BudgetLimit: { Amount: 123.5, Unit: 'USD' },
      CostFilters: { TagKeyValue: ['user:store$shop'] },
    });
  });

  test('an e-mail address gets both topics', () => {
    const endpoints = propertiesOf(from, 'AWS::SNS::Subscription').map(({ Endpoint }) => Endpoint as string);
    expect(endpoints).toEqual(['ops@example.com', 'ops@example.com']);
  });
});
