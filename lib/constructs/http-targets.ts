import { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import type { StoreService } from './store-service';

/** While a task starts, failed health checks do not count: [right-sizing] healthCheckGracePeriodSeconds 60. */
export const gracePeriod = Duration.seconds(60);

/** Scaling leaves room below the documents' warning at 70% CPU [right-sizing], [scalability-report]. */
const targetCpuPercent = 60;

const scaleInCooldown = Duration.minutes(5);

export interface TargetsProps {
  readonly vpc: ec2.IVpc;
  readonly port: number;
  readonly healthPath: string;
}

/** What the load balancer asks and sends to. */
export function targets(scope: Construct, { vpc, port, healthPath }: TargetsProps): elb.ApplicationTargetGroup {
  return new elb.ApplicationTargetGroup(scope, 'Targets', {
    vpc,
    targetType: elb.TargetType.IP,
    protocol: elb.ApplicationProtocol.HTTP,
    port,
    deregistrationDelay: Duration.seconds(30), // requests end within seconds; a minute later SIGKILL comes
    loadBalancingAlgorithmType: elb.TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS,
    healthCheck: {
      path: healthPath,
      interval: Duration.seconds(10),
      timeout: Duration.seconds(5),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 3,
      healthyHttpCodes: '200',
    },
  });
}

export function scaleOnCpu({ scaling }: StoreService): void {
  scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: targetCpuPercent, scaleInCooldown });
}

export function scaleOnRequests(tasks: StoreService, targetGroup: elb.ApplicationTargetGroup, requestsPerTarget: number): void {
  scaleOnCpu(tasks);
  tasks.scaling.scaleOnRequestCount('Requests', { targetGroup, requestsPerTarget, scaleInCooldown });
}
