import { Duration } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, type IConstruct } from 'constructs';
import { databaseRoles, environment, sendsTo } from '../../services/contract';
import type { ApiConfig, CaptchaConfig, ContainerConfig, CorsConfig } from '../config/store-config';
import type { LoadBalancer } from './load-balancer';
import { imageAt } from './service-image';
import { type Platform, StoreService } from './store-service';

export interface ApiServiceProps extends ApiConfig {
  readonly platform: Platform;
  readonly balancer: LoadBalancer;
  readonly container: ContainerConfig;
  /** @default - pages of the store's own origin alone */
  readonly cors?: CorsConfig;
  /** @default - no route asks for the token of a captcha */
  readonly captcha?: CaptchaConfig | undefined;
  /** By which CloudFront serves files. @default - S3 signs links to them */
  readonly cdnLinks?: CdnLinks | undefined;
}

export interface CdnLinks {
  /** CloudFront's id of the public key. */
  readonly keyId: string;
  /** ARN of the secret that is the private half, in PEM. */
  readonly keySecretArn: string;
  /** The CDN's own, without a slash at its end. */
  readonly url: string;
}

/** Scaling leaves room below the documents' warning at 70% CPU [right-sizing], [scalability-report]. */
const targetCpuPercent = 60;

/** The API behind the load balancer: the store's own, or somebody's container on the same backends. */
export class ApiService extends Construct {
  readonly service: ecs.FargateService;
  readonly resource: IConstruct;
  readonly targetGroup: elb.ApplicationTargetGroup;

  constructor(scope: Construct, id: string, props: ApiServiceProps) {
    super(scope, id);
    const { platform, container, balancer, cors, captcha, cdnLinks, ...size } = props;
    const tasks = new StoreService(this, 'Tasks', {
      ...size,
      platform,
      container: {
        name: 'api',
        databaseRole: databaseRoles.app,
        image: container.imageUri === undefined ? undefined : imageAt(this, 'Image', container.imageUri),
        environment: {
          [environment.port]: String(container.port),
          ...corsVariables(cors),
          ...captchaVariables(captcha),
          ...(cdnLinks && { [environment.signingKeyId]: cdnLinks.keyId, [environment.filesUrl]: cdnLinks.url }),
          ...container.environment,
        },
        secrets: { ...this.captchaSecret(captcha), ...this.signingKey(cdnLinks), ...this.secrets(container) },
        port: container.port,
      },
      capacityProviderStrategies: [{ capacityProvider: 'FARGATE', weight: 1 }],
      healthCheckGracePeriod: Duration.seconds(60), // [right-sizing] healthCheckGracePeriodSeconds 60
    });
    this.service = tasks.service;
    this.resource = tasks.resource;
    const { taskRole } = tasks.taskDefinition;
    if (container.imageUri === undefined) {
      platform.backends.queues.grantSend(taskRole, sendsTo.api);
      platform.backends.files.grantLinks(taskRole);
    } else platform.backends.queues.grantSendToAll(taskRole);

    this.targetGroup = targets(this, props);
    this.service.attachToApplicationTargetGroup(this.targetGroup);
    balancer.listener.addTargetGroups('Api', { targetGroups: [this.targetGroup] });
    this.resource.node.addDependency(balancer.listener);

    tasks.scaling.scaleOnCpuUtilization('Cpu', {
      targetUtilizationPercent: targetCpuPercent,
      scaleInCooldown: Duration.minutes(5),
    });
    tasks.scaling.scaleOnRequestCount('Requests', {
      targetGroup: this.targetGroup,
      requestsPerTarget: props.requestsPerMinutePerTask,
      scaleInCooldown: Duration.minutes(5),
    });
  }

  private captchaSecret(captcha: CaptchaConfig | undefined): Record<string, ecs.Secret> {
    if (captcha === undefined) return {};
    const secret = secretsmanager.Secret.fromSecretCompleteArn(this, 'CaptchaSecret', captcha.secretArn);
    return { [environment.captchaSecretKey]: ecs.Secret.fromSecretsManager(secret, 'secretKey') };
  }

  private signingKey(links: CdnLinks | undefined): Record<string, ecs.Secret> {
    if (links === undefined) return {};
    const secret = secretsmanager.Secret.fromSecretCompleteArn(this, 'SigningKeySecret', links.keySecretArn);
    return { [environment.signingKey]: ecs.Secret.fromSecretsManager(secret) };
  }

  private secrets({ secrets }: ContainerConfig): Record<string, ecs.Secret> {
    return Object.fromEntries(
      Object.entries(secrets).map(([name, arn]) => [
        name,
        ecs.Secret.fromSecretsManager(secretsmanager.Secret.fromSecretCompleteArn(this, `Secret-${name}`, arn)),
      ]),
    );
  }
}

const corsVariables = ({ origins, otherSites }: CorsConfig = { origins: [], otherSites: false }): Record<string, string> => ({
  ...(origins.length > 0 && { [environment.corsOrigins]: origins.join(',') }),
  ...(otherSites && { [environment.corsOtherSites]: 'true' }),
});

const captchaVariables = (captcha: CaptchaConfig | undefined): Record<string, string> =>
  captcha ? { [environment.captchaProvider]: captcha.provider } : {};

function targets(scope: Construct, { platform, container }: ApiServiceProps): elb.ApplicationTargetGroup {
  return new elb.ApplicationTargetGroup(scope, 'Targets', {
    vpc: platform.network.vpc,
    targetType: elb.TargetType.IP,
    protocol: elb.ApplicationProtocol.HTTP,
    port: container.port,
    deregistrationDelay: Duration.seconds(30), // requests end within seconds; a minute later SIGKILL comes
    loadBalancingAlgorithmType: elb.TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS,
    healthCheck: {
      path: container.healthPath,
      interval: Duration.seconds(10),
      timeout: Duration.seconds(5),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 3,
      healthyHttpCodes: '200',
    },
  });
}
