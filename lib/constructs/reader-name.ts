import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as rds from 'aws-cdk-lib/aws-rds';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { replicaLag } from '../../alarms/thresholds';
import type { Network } from './network';

export interface ReaderNameProps {
  readonly network: Network;
  /** Of a private hosted zone, which no other zone of the VPC has. */
  readonly zoneName: string;
  /** At least one. */
  readonly replicas: readonly rds.DatabaseInstanceReadReplica[];
  /** Who answers while no replica is fit. */
  readonly otherwise: string;
}

/** Seconds for which a client may keep an answer; the addresses of RDS have as many. */
const ttl = Duration.seconds(5);

/** Minutes in a row without data, or with too much lag, after which a replica is left out: an assumption. */
const minutes = 2;

/**
 * One name for all read replicas, for clients that take no list: weighted records, each with a health check on its replica's lag. RDS's certificate
 * does not have the name, so that no client can verify it.
 */
export class ReaderName extends Construct {
  readonly host: string;

  constructor(scope: Construct, id: string, { network, zoneName, replicas, otherwise }: ReaderNameProps) {
    super(scope, id);
    const zone = new route53.PrivateHostedZone(this, 'Zone', {
      zoneName,
      vpc: network.vpc,
      comment: 'Name of the read replicas; RDS has their own',
    });
    this.host = `read.${zoneName}`;
    const record = (setIdentifier: string, host: string, weight: number, healthCheckId?: string) =>
      new route53.CfnRecordSet(this, `Record-${setIdentifier}`, {
        hostedZoneId: zone.hostedZoneId,
        name: this.host,
        type: 'CNAME',
        ttl: String(ttl.toSeconds()),
        setIdentifier,
        weight,
        ...(healthCheckId !== undefined && { healthCheckId }),
        resourceRecords: [host],
      });
    replicas.forEach((replica, index) => {
      const name = `replica-${index + 1}`;
      record(name, replica.dbInstanceEndpointAddress, 1, fitness(this, name, replica).attrHealthCheckId);
    });
    record('otherwise', otherwise, 0); // Route 53 takes the weight of 0 where all others are unhealthy
  }
}

/** Of the metric itself: Route 53 watches what the alarm watches, and not its state. */
function fitness(scope: Construct, name: string, replica: rds.DatabaseInstanceReadReplica): route53.CfnHealthCheck {
  const alarm = new cloudwatch.Alarm(scope, `Lag-${name}`, {
    alarmDescription: `While it rings, ${name} gets no reads by the name of the replicas; tells nobody`,
    metric: replica.metric('ReplicaLag', { statistic: 'Maximum', period: Duration.minutes(1) }),
    threshold: replicaLag.most,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: minutes,
    treatMissingData: cloudwatch.TreatMissingData.BREACHING, // a replica that is gone tells nothing
    actionsEnabled: false,
  });
  return new route53.CfnHealthCheck(scope, `Fit-${name}`, {
    healthCheckConfig: {
      type: 'CLOUDWATCH_METRIC',
      alarmIdentifier: { name: alarm.alarmName, region: Stack.of(scope).region },
      insufficientDataHealthStatus: 'Unhealthy',
    },
  });
}
