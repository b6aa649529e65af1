import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Firewall, type FirewallProps } from '../../lib/constructs/firewall';
import { challengedPaths, paymentEventsPath } from '../../services/contract';
import type { CloudFormationTemplate } from '../support/stores';
import { aKey, only, remembered, template, theirStack } from './parts';

const firewall = remembered((props: Pick<FirewallProps, 'challenge'> = {}) => {
  const stack = theirStack();
  const balancer = elb.ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Balancer', {
    loadBalancerArn: 'arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/theirs/50dc6c495c0c9188',
    securityGroupId: 'sg-0123456789abcdef0',
  });
  new Firewall(stack, 'Firewall', {
    balancer,
    key: aKey(stack),
    requestsPerFiveMinutes: 750,
    metricName: 'theirs',
    logGroupName: 'aws-waf-logs-theirs',
    logRetentionDays: 90,
    ...props,
  });
  return template(stack);
});

interface Rule {
  readonly Name: string;
  readonly Priority: number;
  readonly Action?: { readonly Block?: { readonly CustomResponse: { readonly ResponseCode: number } } };
  readonly Statement: {
    readonly RateBasedStatement?: { readonly Limit: number; readonly EvaluationWindowSec: number };
    readonly ManagedRuleGroupStatement?: { readonly ScopeDownStatement: object };
  };
}

test('somebody else’s load balancer is protected, in its own region', () => {
  const from = firewall();
  const acl = only(from, 'AWS::WAFv2::WebACL');
  expect(acl.Properties.Scope).toBe('REGIONAL');
  expect(only(from, 'AWS::WAFv2::WebACLAssociation').Properties).toEqual({
    ResourceArn: expect.stringContaining('loadbalancer/app/theirs') as string,
    WebACLArn: { 'Fn::GetAtt': [acl.id, 'Arn'] },
  });
});

test('a viewer over the limit is told so with 429, before any other rule is asked', () => {
  const rules = only(firewall(), 'AWS::WAFv2::WebACL').Properties.Rules as Rule[];
  const [first] = rules.toSorted((a, b) => a.Priority - b.Priority);
  expect(first?.Statement.RateBasedStatement).toMatchObject({ Limit: 750, EvaluationWindowSec: 300 });
  expect(first?.Action?.Block?.CustomResponse.ResponseCode).toBe(429);
});

test('requests that AWS’s rules know as attacks are blocked', () => {
  const rules = only(firewall(), 'AWS::WAFv2::WebACL').Properties.Rules as Rule[];
  expect(rules.filter(({ Name }) => Name.startsWith('AWS')).map(({ Name }) => Name)).toEqual([
    'AWSManagedRulesCommonRuleSet',
    'AWSManagedRulesKnownBadInputsRuleSet',
    'AWSManagedRulesSQLiRuleSet',
  ]);
});

test('what was blocked or counted is logged to a group that WAF may write to, after it is made', () => {
  const from = firewall();
  const group = only(from, 'AWS::Logs::LogGroup');
  expect(group.Properties).toMatchObject({ LogGroupName: 'aws-waf-logs-theirs', RetentionInDays: 90 });
  const logging = only(from, 'AWS::WAFv2::LoggingConfiguration');
  expect(logging.DependsOn).toEqual([group.id]);
  expect(JSON.stringify(logging.Properties.LogDestinationConfigs)).toMatch(/:log-group:aws-waf-logs-theirs"/); // no `:*`
  expect(logging.Properties.LoggingFilter.DefaultBehavior).toBe('DROP');
});

test('the bodies of Stripe’s events, whose signature the API checks, are no attacks; their number is limited like everybody’s', () => {
  const rules = only(firewall(), 'AWS::WAFv2::WebACL').Properties.Rules as Rule[];
  const managed = rules.flatMap(({ Statement }) => Statement.ManagedRuleGroupStatement ?? []);
  expect(managed).toHaveLength(3);
  for (const { ScopeDownStatement } of managed) {
    expect(ScopeDownStatement).toMatchObject({
      NotStatement: {
        Statement: {
          ByteMatchStatement: { SearchString: paymentEventsPath, PositionalConstraint: 'EXACTLY', FieldToMatch: { UriPath: {} } },
        },
      },
    });
  }
});

const challenging = () => firewall({ challenge: { hosts: ['shop.example.com', 'www.example.com'] } });

const logsChallenges = (given: CloudFormationTemplate) =>
  JSON.stringify(only(given, 'AWS::WAFv2::LoggingConfiguration').Properties.LoggingFilter).includes('"CHALLENGE"');

describe('a challenge', () => {
  test('is made to nobody unless it is asked for', () => {
    const { Properties } = only(firewall(), 'AWS::WAFv2::WebACL');
    expect(JSON.stringify(Properties)).not.toContain('"Challenge"');
    expect(Properties).not.toHaveProperty('TokenDomains');
  });

  test('is made last to who posts to what bots go for, however they write the path, and to no preflight', () => {
    const { Rules, TokenDomains } = only(challenging(), 'AWS::WAFv2::WebACL').Properties;
    const others = only(firewall(), 'AWS::WAFv2::WebACL').Properties.Rules as Rule[];
    expect(Rules.slice(0, -1)).toEqual(others);
    const rule = Rules.at(-1);
    expect([rule.Priority, rule.Action]).toEqual([others.length, { Challenge: {} }]);
    const [method, paths] = rule.Statement.AndStatement.Statements;
    expect(method.ByteMatchStatement).toMatchObject({
      FieldToMatch: { Method: {} },
      PositionalConstraint: 'EXACTLY',
      SearchString: 'POST',
    });
    expect(
      paths.OrStatement.Statements.map(({ ByteMatchStatement }: { ByteMatchStatement: object }) => ByteMatchStatement),
    ).toEqual(
      challengedPaths.map((path) => ({
        FieldToMatch: { UriPath: {} },
        PositionalConstraint: 'EXACTLY',
        SearchString: path,
        TextTransformations: [
          { Priority: 0, Type: 'URL_DECODE' }, // as test/services/api/challenged-paths.test.ts reads paths
          { Priority: 1, Type: 'NORMALIZE_PATH' },
        ],
      })),
    );
    expect(TokenDomains).toEqual(['shop.example.com', 'www.example.com']);
  });

  test('is logged', () => {
    expect([logsChallenges(firewall()), logsChallenges(challenging())]).toEqual([false, true]);
  });
});
