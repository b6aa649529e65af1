import { Duration } from 'aws-cdk-lib';
import { CfnScalingPolicy, type ScalableTarget } from 'aws-cdk-lib/aws-applicationautoscaling';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import {
  databaseRoles,
  environment,
  jobsAtOnce,
  ports,
  type QueueContract,
  queues as queueContracts,
  queueNames,
  sendsTo,
  workerHealthCommand,
} from '../../services/contract';
import type { OwnWorker, WorkerConfig } from '../config/store-config';
import type { ApiService } from './api-service';
import { scaleOnCpu } from './http-targets';
import { grantSendEmail } from './sending-rights';
import { StoreService } from './store-service';
import type { Platform } from './store-task';

export interface WorkerServiceProps extends WorkerConfig {
  readonly platform: Platform;
  /** One of your own. @default - the store's */
  readonly own?: OwnWorker | undefined;
}

/**
 * No load balancer asks a worker, and without a check ECS counts a task as good as soon as it runs. The first answer of a queue takes up to
 * the 20 s of a long poll; starting Node takes a while on a busy ¼ vCPU.
 */
const healthCheck = (command: readonly string[]): ecs.HealthCheck => ({
  command: ['CMD', ...command],
  startPeriod: Duration.seconds(60),
  interval: Duration.seconds(30),
  timeout: Duration.seconds(20),
  retries: 3,
});

/** One service that reads every queue, and scales on the backlog that each task has; one that reads none scales on CPU. */
export class WorkerService extends Construct {
  readonly service: ecs.FargateService;
  readonly resource: IConstruct;

  constructor(scope: Construct, id: string, { platform, own, onDemandTasks, ...size }: WorkerServiceProps) {
    super(scope, id);
    const { siteUrl, apiUrl, emailFrom } = platform;
    const tasks = new StoreService(this, 'Tasks', {
      ...size,
      platform,
      container: {
        name: 'worker',
        databaseRole: databaseRoles.worker,
        ...(own
          ? { own, healthCheck: own.healthCommand && healthCheck(own.healthCommand) }
          : {
              environment: {
                [environment.port]: String(ports.worker),
                [environment.siteUrl]: siteUrl,
                [environment.apiUrl]: apiUrl,
                ...(emailFrom !== undefined && { [environment.emailFrom]: emailFrom }),
              },
              healthCheck: healthCheck(workerHealthCommand),
            }),
      },
      capacityProviderStrategies: onDemandThenSpot(onDemandTasks),
      sessions: true,
      imports: own === undefined,
    });
    this.service = tasks.service;
    this.resource = tasks.resource;
    if (own === undefined) grantQueuesAndFiles(tasks.taskDefinition.taskRole, platform);
    if (own === undefined || own.needs.includes('queues')) scaleOnBacklog(this, tasks, platform, size.databaseConnections);
    else scaleOnCpu(tasks);
  }

  /** The API's migrations create the worker's role in PostgreSQL. */
  startsAfter(api: ApiService): void {
    this.resource.node.addDependency(api.resource);
  }
}

function grantQueuesAndFiles(role: iam.IRole, { backends: { queues, files }, emailFrom }: Platform): void {
  queues.grantConsume(role);
  queues.grantSend(role, sendsTo.worker); // a job may put the next one on a queue
  files.grantUpkeep(role);
  if (emailFrom !== undefined) grantSendEmail(role, emailFrom);
}

function onDemandThenSpot(onDemandTasks: number): ecs.CapacityProviderStrategy[] {
  const spot = { capacityProvider: 'FARGATE_SPOT', weight: 4 };
  if (onDemandTasks === 0) return [spot];
  return [{ capacityProvider: 'FARGATE', base: onDemandTasks, weight: 1 }, spot]; // ECS places nothing where the weight is 0
}

/**
 * Backlog of a running task as a percentage of the acceptable delay: waiting messages × seconds a message ÷ (messages at once ×
 * acceptable delay), summed over the queues. At 100 the last message is handled just in time; the target keeps a fifth free.
 * Running tasks are the samples of the service's CPU metric, one a task and minute, which costs nothing.
 * L1, since the stock policy takes no metric math.
 */
function scaleOnBacklog(
  scope: Construct,
  { service, scaling }: StoreService,
  { backends, switchedOff = [] }: Platform,
  databaseConnections: number,
): void {
  const readQueues = queueNames.filter((name) => !switchedOff.includes(name)); // what waits for another one is no reason for more tasks
  if (readQueues.length === 0) return;
  const waiting = readQueues.map((name) =>
    metric(name, 'Maximum', 'AWS/SQS', 'ApproximateNumberOfMessagesVisible', {
      QueueName: backends.queues.byName[name].queue.queueName,
    }),
  );
  const runningTasks = metric('tasks', 'SampleCount', 'AWS/ECS', 'CPUUtilization', {
    ClusterName: service.cluster.clusterName,
    ServiceName: service.serviceName,
  });
  const load = readQueues
    .map((name) => `${percentPerMessage(queueContracts[name], databaseConnections)} * FILL(${name}, 0)`)
    .join(' + ');
  new CfnScalingPolicy(scope, 'Backlog', {
    policyName: 'backlog',
    policyType: 'TargetTrackingScaling',
    scalingTargetId: (scaling.node.findChild('Target') as ScalableTarget).scalableTargetId,
    targetTrackingScalingPolicyConfiguration: {
      targetValue: 80,
      scaleInCooldown: 300,
      scaleOutCooldown: 60,
      customizedMetricSpecification: {
        metrics: [
          ...waiting,
          runningTasks,
          {
            id: 'load',
            label: 'Share of the acceptable delay',
            expression: `(${load}) / IF(FILL(tasks, 0) > 0, FILL(tasks, 0), 1)`, // no task, no sample
            returnData: true,
          },
        ],
      },
    },
  });
}

function percentPerMessage(queue: QueueContract, databaseConnections: number): number {
  const { secondsPerMessage, acceptableDelaySeconds } = queue;
  return Number(((100 * secondsPerMessage) / (jobsAtOnce(queue, databaseConnections) * acceptableDelaySeconds)).toFixed(6));
}

function metric(
  id: string,
  stat: string,
  namespace: string,
  metricName: string,
  dimensions: Readonly<Record<string, string>>,
): CfnScalingPolicy.TargetTrackingMetricDataQueryProperty {
  const pairs = Object.entries(dimensions).map(([name, value]) => ({ name, value }));
  return { id, returnData: false, metricStat: { stat, metric: { namespace, metricName, dimensions: pairs } } };
}
