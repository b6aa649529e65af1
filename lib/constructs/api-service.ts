import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, type IConstruct } from 'constructs';
import { databaseRoles, environment, healthPaths, ports, sendsTo } from '../../services/contract';
import type { ApiConfig, CaptchaConfig, CorsConfig, OwnServer } from '../config/store-config';
import { gracePeriod, scaleOnRequests, targets } from './http-targets';
import type { LoadBalancer } from './load-balancer';
import { StoreService } from './store-service';
import type { Platform } from './store-task';

export interface ApiServiceProps extends ApiConfig {
  readonly platform: Platform;
  readonly balancer: LoadBalancer;
  /** One of your own. @default - the store's */
  readonly own?: OwnServer | undefined;
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

/** The API behind the load balancer: the store's own, or one of your own on the same backends. */
export class ApiService extends Construct {
  readonly service: ecs.FargateService;
  readonly resource: IConstruct;
  readonly targetGroup: elb.ApplicationTargetGroup;

  constructor(scope: Construct, id: string, props: ApiServiceProps) {
    super(scope, id);
    const { platform, own, balancer, cors, captcha, cdnLinks, ...size } = props;
    const { port, healthPath } = own ?? { port: ports.api, healthPath: healthPaths.live };
    const links = own === undefined || own.needs.includes('files') ? cdnLinks : undefined;
    const tasks = new StoreService(this, 'Tasks', {
      ...size,
      platform,
      container: {
        name: 'api',
        databaseRole: databaseRoles.app,
        own,
        environment: {
          [environment.port]: String(port),
          ...corsVariables(cors),
          ...captchaVariables(captcha),
          ...(links && { [environment.signingKeyId]: links.keyId, [environment.filesUrl]: links.url }),
        },
        secrets: { ...this.captchaSecret(captcha), ...this.signingKey(links) },
        port,
      },
      capacityProviderStrategies: [{ capacityProvider: 'FARGATE', weight: 1 }],
      healthCheckGracePeriod: gracePeriod,
    });
    this.service = tasks.service;
    this.resource = tasks.resource;
    if (own === undefined) {
      const { taskRole } = tasks.taskDefinition;
      platform.backends.queues.grantSend(taskRole, sendsTo.api);
      platform.backends.files.grantLinks(taskRole);
    }

    this.targetGroup = targets(this, { vpc: platform.network.vpc, port, healthPath });
    this.service.attachToApplicationTargetGroup(this.targetGroup);
    balancer.listener.addTargetGroups('Api', { targetGroups: [this.targetGroup] });
    this.resource.node.addDependency(balancer.listener);
    scaleOnRequests(tasks, this.targetGroup, props.requestsPerMinutePerTask);
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
}

const corsVariables = ({ origins, otherSites }: CorsConfig = { origins: [], otherSites: false }): Record<string, string> => ({
  ...(origins.length > 0 && { [environment.corsOrigins]: origins.join(',') }),
  ...(otherSites && { [environment.corsOtherSites]: 'true' }),
});

const captchaVariables = (captcha: CaptchaConfig | undefined): Record<string, string> =>
  captcha ? { [environment.captchaProvider]: captcha.provider } : {};
