import type * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as waf from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { challengedPaths, paymentEventsPath, viewerAddressHeader } from '../../services/contract';
import { colonArn } from './colon-arn';
import { EncryptedLogs, type LogSettings } from './encrypted-logs';

export interface FirewallProps extends LogSettings {
  readonly balancer: elb.IApplicationLoadBalancer;
  readonly requestsPerFiveMinutes: number;
  /** Name of the ACL's metrics: two stores of a region must not share them. */
  readonly metricName: string;
  /** @default - nobody is challenged */
  readonly challenge?: ChallengeProps | undefined;
  /** Physical name; WAF delivers only to groups whose name starts with `aws-waf-logs-`. */
  readonly logGroupName: string;
}

interface ChallengeProps {
  /** Hosts whose pages browsers pass the challenge for: behind the CDN WAF sees another one, and would refuse their tokens. */
  readonly hosts: readonly string[];
}

/**
 * Web ACL on the load balancer, in the store's own region: rules of AWS that let uploads through and a limit for each viewer.
 * L1, since there is no stock L2.
 */
export class Firewall extends Construct {
  readonly webAcl: waf.CfnWebACL;

  constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    this.webAcl = new waf.CfnWebACL(this, 'WebAcl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(props.metricName),
      rules: [
        viewerRateLimit(props.requestsPerFiveMinutes),
        managedRules(1, 'AWSManagedRulesCommonRuleSet', ['SizeRestrictions_BODY']), // blocks bodies over 8 KB: counted, not blocked
        managedRules(2, 'AWSManagedRulesKnownBadInputsRuleSet'),
        managedRules(3, 'AWSManagedRulesSQLiRuleSet'),
        ...(props.challenge ? [challenge(4)] : []),
      ],
      ...(props.challenge && { tokenDomains: [...props.challenge.hosts] }),
    });
    new waf.CfnWebACLAssociation(this, 'Association', {
      resourceArn: props.balancer.loadBalancerArn,
      webAclArn: this.webAcl.attrArn,
    });
    this.logBlocked(props);
  }

  /** Only what was blocked, challenged or counted, without cookies and authorization. */
  private logBlocked({ logGroupName, logRetentionDays, key, challenge: challenged }: FirewallProps): void {
    const kept = ['BLOCK', 'COUNT', ...(challenged ? ['CHALLENGE'] : [])];
    const group = new EncryptedLogs(this, 'Logs', { logGroupName, logRetentionDays, key });
    const withoutStreams = colonArn(this, 'logs', 'log-group', logGroupName);
    const logging = new waf.CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: this.webAcl.attrArn,
      logDestinationConfigs: [withoutStreams], // WAF refuses the `:*` that the group's own attribute ends with
      redactedFields: [{ singleHeader: { Name: 'authorization' } }, { singleHeader: { Name: 'cookie' } }],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: kept.map((action) => ({ ActionCondition: { Action: action } })),
          },
        ],
      },
    });
    logging.node.addDependency(group);
  }
}

function visibility(metricName: string): waf.CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
}

/** Behind CloudFront every request comes from CloudFront; the header that the CDN overwrites tells the viewer's address. */
function viewerRateLimit(limit: number): waf.CfnWebACL.RuleProperty {
  return {
    name: 'viewer-rate-limit',
    priority: 0,
    action: { block: { customResponse: { responseCode: 429 } } },
    visibilityConfig: visibility('viewer-rate-limit'),
    statement: {
      rateBasedStatement: {
        limit,
        evaluationWindowSec: 300,
        aggregateKeyType: 'FORWARDED_IP',
        forwardedIpConfig: { headerName: viewerAddressHeader, fallbackBehavior: 'MATCH' },
      },
    },
  };
}

/** The API checks Stripe's signature; the limit for each viewer holds there, too. */
const toPaymentEvents = exactly({ uriPath: {} }, paymentEventsPath, ['NONE']);

function exactly(
  fieldToMatch: waf.CfnWebACL.FieldToMatchProperty,
  searchString: string,
  transformations: readonly string[],
): waf.CfnWebACL.StatementProperty {
  const textTransformations = transformations.map((type, priority) => ({ priority, type }));
  return { byteMatchStatement: { fieldToMatch, positionalConstraint: 'EXACTLY', searchString, textTransformations } };
}

/** Whoever has no token of WAF's gets its challenge instead of the API, however they write the path: Node resolves `%73` and `..` too. */
function challenge(priority: number): waf.CfnWebACL.RuleProperty {
  const byPost = exactly({ method: {} }, 'POST', ['NONE']);
  const paths = challengedPaths.map((path) => exactly({ uriPath: {} }, path, ['URL_DECODE', 'NORMALIZE_PATH']));
  return {
    name: 'challenge',
    priority,
    action: { challenge: {} },
    visibilityConfig: visibility('challenge'),
    statement: { andStatement: { statements: [byPost, { orStatement: { statements: paths } }] } },
  };
}

function managedRules(priority: number, name: string, onlyCounted: readonly string[] = []): waf.CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    overrideAction: { none: {} },
    visibilityConfig: visibility(name),
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        scopeDownStatement: { notStatement: { statement: toPaymentEvents } },
        ruleActionOverrides: onlyCounted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
  };
}
