import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct, type IConstruct } from 'constructs';
import { environment, metricNamespace, scoreEverySeconds } from '../../services/contract';
import { bundleFolder } from '../../services/image/bundle-folder';
import { colonArn } from './colon-arn';
import { EncryptedLogs, type LogSettings } from './encrypted-logs';
import { schedulerRole } from './scheduler-role';

export interface AssessorProps extends LogSettings {
  readonly storeName: string;
  /** USD a month. */
  readonly budgetUsd: number;
  /** Read in us-east-1 and republished here, for a store of another region. @default - this region has them itself */
  readonly edge?: { readonly distributionId: string; readonly certificateArn: string | undefined } | undefined;
}

/** Function that reads the store's metrics four times a day and writes how well its size still fits. */
export class Assessor extends Construct {
  readonly functionName: string;
  private readonly schedule: scheduler.Schedule;

  constructor(scope: Construct, id: string, { storeName, budgetUsd, key, logRetentionDays, edge }: AssessorProps) {
    super(scope, id);
    // Runs that failed, their retries too.
    const deadLetters = new sqs.Queue(this, 'DeadLetters', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const logGroup = new EncryptedLogs(this, 'Logs', { key, logRetentionDays });
    const executionRole = role(this, logGroup, storeName);
    const assess = new lambda.Function(this, 'Function', {
      description: 'Score of the store: whether its size still fits',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'assessor.handler',
      code: lambda.Code.fromAsset(bundleFolder('assessor')),
      memorySize: 512, // MB; a week of five-minute points of some thirty metrics, 2,016 each; the forecast's 182 days add a tenth of one
      timeout: Duration.minutes(2),
      environment: {
        [environment.store]: storeName,
        [environment.budgetUsd]: String(budgetUsd),
        ...(edge && { [environment.cdnDistributionId]: edge.distributionId }),
        ...(edge?.certificateArn !== undefined && { [environment.cdnCertificateArn]: edge.certificateArn }),
      },
      logGroup,
      role: executionRole,
      loggingFormat: lambda.LoggingFormat.JSON,
      deadLetterQueue: deadLetters,
      retryAttempts: 2,
      maxEventAge: Duration.hours(1),
    });
    waitForPolicyAlone(assess, executionRole);
    this.functionName = assess.functionName;
    this.schedule = new scheduler.Schedule(this, 'Schedule', {
      description: 'Score of the store',
      schedule: scheduler.ScheduleExpression.cron({ minute: '15', hour: `0/${scoreEverySeconds / 3_600}` }), // a rate would begin at once
      target: new LambdaInvoke(assess, { role: schedulerRole(this, 'Scheduler') }),
    });
  }

  /** The worker comes last of what is assessed: before it there are no metrics. */
  startsAfter({ resource }: { readonly resource: IConstruct }): void {
    this.schedule.node.addDependency(resource);
  }
}

function role(scope: Construct, logGroup: ILogGroup, storeName: string): iam.Role {
  const result = new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grantWrite(result);
  for (const statement of rights(scope, storeName)) result.addToPolicy(statement);
  return result;
}

/** The stock construct names the role too, which the function's own property does already: a warning of cfn-lint. */
function waitForPolicyAlone(assess: lambda.Function, { node }: iam.Role): void {
  const policy = node.findChild('DefaultPolicy').node.defaultChild as iam.CfnPolicy;
  (assess.node.defaultChild as lambda.CfnFunction).addOverride('DependsOn', [Stack.of(assess).getLogicalId(policy)]);
}

/** Reads metrics, alarms and instances; writes in the store's own namespace alone. */
function rights(scope: Construct, storeName: string): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({
      actions: ['cloudwatch:DescribeAlarms', 'cloudwatch:GetMetricData'], // know no resources
      resources: ['*'],
    }),
    new iam.PolicyStatement({
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'],
      conditions: { StringEquals: { 'cloudwatch:namespace': metricNamespace(storeName) } },
    }),
    new iam.PolicyStatement({
      actions: ['rds:DescribeDBInstances'],
      resources: [colonArn(scope, 'rds', 'db', `${storeName}-*`)],
    }),
  ];
}
