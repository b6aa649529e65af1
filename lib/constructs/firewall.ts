import type * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as waf from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { paymentEventsPath, viewerAddressHeader } from '../../services/contract';
import { colonArn } from './colon-arn';
import { EncryptedLogs, type LogSettings } from './encrypted-logs';

export interface FirewallProps extends LogSettings {
  readonly balancer: elb.IApplicationLoadBalancer;
  readonly requestsPerFiveMinutes: number;
  /** Name of the ACL's metrics: two stores of a region must not share them. */
  readonly metricName: string;
  /** Physical name; WAF delivers only to groups whose name starts with `aws-waf-logs-`. */
  readonly logGroupName: string;
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
      ],
    });
    new waf.CfnWebACLAssociation(this, 'Association', {
      resourceArn: props.balancer.loadBalancerArn,
      webAclArn: this.webAcl.attrArn,
    });
    this.logBlocked(props);
  }

  /** Only what was blocked or counted, without cookies and authorization. */
  private logBlocked({ logGroupName, logRetentionDays, key }: FirewallProps): void {
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
            Conditions: [{ ActionCondition: { Action: 'BLOCK' } }, { ActionCondition: { Action: 'COUNT' } }],
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
const toPaymentEvents: waf.CfnWebACL.StatementProperty = {
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: 'EXACTLY',
    searchString: paymentEventsPath,
    textTransformations: [{ priority: 0, type: 'NONE' }],
  },
};

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
