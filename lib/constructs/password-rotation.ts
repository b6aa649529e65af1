import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { EcsRunFargateTask } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct, type IConstruct } from 'constructs';
import { entryPoints, environment, rotateArgument } from '../../services/contract';
import type { DatabasePasswords } from './database-passwords';
import { EncryptedLogs } from './encrypted-logs';
import { schedulerRole } from './scheduler-role';
import { migrationsEnvironment, type Platform } from './store-task';

export interface PasswordRotationProps {
  readonly platform: Platform;
  readonly passwords: DatabasePasswords;
  /** Services whose containers are handed the URLs of a role when their tasks start. @default - none are */
  readonly handedTo?: readonly HandedTo[];
}

export interface HandedTo {
  readonly role: string;
  readonly service: ecs.FargateService;
}

/**
 * A task that once a month gives the user of each role of PostgreSQL whose turn it is a new password. It asks every night, so that a night that failed is made up for in the
 * next. It runs where the services do: a function in the VPC would need a NAT gateway to reach Secrets Manager.
 */
export class PasswordRotation extends Construct {
  private readonly schedule: scheduler.Schedule;

  constructor(scope: Construct, id: string, props: PasswordRotationProps) {
    super(scope, id);
    const { network, cluster, backends } = props.platform;
    const task = rotationTask(this, props);
    props.passwords.grantRotate(task.taskRole);
    const services = new Set(props.handedTo?.map(({ service }) => service));
    if (services.size > 0) mayRestart(task.taskRole, [...services]);

    const securityGroup = network.closedSecurityGroup(this, 'SecurityGroup', 'Rotation of the passwords of PostgreSQL');
    securityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'Secrets Manager, registry, logs');
    securityGroup.connections.allowToDefaultPort(backends.database, 'PostgreSQL');
    if (backends.proxy) securityGroup.connections.allowToDefaultPort(backends.proxy, 'RDS Proxy');

    this.schedule = new scheduler.Schedule(this, 'Schedule', {
      description: 'New passwords for the roles of PostgreSQL, once a month',
      schedule: scheduler.ScheduleExpression.cron({ minute: '0', hour: '2' }), // UTC; after the nightly analytics, before the backup
      target: new EcsRunFargateTask(cluster.cluster, {
        taskDefinition: task,
        // The stock target gives public addresses only where it is told the type; these are the network's task subnets.
        vpcSubnets: network.hasNatGateway ? network.taskSubnets : { subnetType: ec2.SubnetType.PUBLIC },
        assignPublicIp: !network.hasNatGateway,
        securityGroups: [securityGroup],
        capacityProviderStrategies: [{ capacityProvider: 'FARGATE', weight: 1 }],
        retryAttempts: 3,
        maxEventAge: Duration.hours(1),
        role: schedulerRole(this, 'Scheduler'),
      }),
    });
  }

  /** The migrations of both services create the roles. */
  startsAfter({ resource }: { readonly resource: IConstruct }): void {
    this.schedule.node.addDependency(resource);
  }
}

function rotationTask(
  scope: Construct,
  { platform, passwords, handedTo = [] }: PasswordRotationProps,
): ecs.FargateTaskDefinition {
  const task = new ecs.FargateTaskDefinition(scope, 'Task', {
    cpu: 256, // the smallest, for less than a minute
    memoryLimitMiB: 512,
    runtimePlatform: { cpuArchitecture: ecs.CpuArchitecture.ARM64, operatingSystemFamily: ecs.OperatingSystemFamily.LINUX },
  });
  const { database, proxy } = platform.backends;
  task.addContainer('rotation', {
    image: platform.image,
    command: ['node', entryPoints.migrations, rotateArgument],
    readonlyRootFilesystem: true,
    environment: {
      ...migrationsEnvironment(platform),
      ...passwords.rotationVariables(),
      ...(proxy && { [environment.databaseHost]: proxy.host }),
      ...(handedTo.length > 0 && { [environment.passwordHandedTo]: handedTo.map(handed).join(',') }),
    },
    secrets: { [environment.databaseMasterSecret]: ecs.Secret.fromSecretsManager(database.masterSecret) },
    logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'rotation', logGroup: new EncryptedLogs(scope, 'Logs', platform) }),
  });
  return task;
}

const handed = ({ role, service }: HandedTo): string => `${role}=${service.cluster.clusterName}/${service.serviceName}`;

/** Replaces their tasks, and sees whether it has; changes nothing else of the services. */
function mayRestart(role: iam.IRole, services: readonly ecs.FargateService[]): void {
  role.addToPrincipalPolicy(
    new iam.PolicyStatement({
      actions: ['ecs:DescribeServices', 'ecs:UpdateService'],
      resources: services.map(({ serviceArn }) => serviceArn),
    }),
  );
}
