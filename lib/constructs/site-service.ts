import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct, type IConstruct } from 'constructs';
import { databaseRoles, environment } from '../../services/contract';
import type { ApiConfig, OwnServer } from '../config/store-config';
import type { ApiService } from './api-service';
import { apiPaths } from './cdn';
import { gracePeriod, scaleOnRequests, targets } from './http-targets';
import type { LoadBalancer } from './load-balancer';
import { StoreService } from './store-service';
import type { Platform } from './store-task';

export interface SiteServiceProps extends ApiConfig {
  readonly platform: Platform;
  readonly balancer: LoadBalancer;
  readonly own: OwnServer;
  /** Keeps its paths. */
  readonly api: ApiService;
}

/** A front end that renders on the server: behind the same load balancer, which sends it every path but the API's. */
export class SiteService extends Construct {
  readonly service: ecs.FargateService;
  readonly resource: IConstruct;
  readonly targetGroup: elb.ApplicationTargetGroup;

  constructor(scope: Construct, id: string, { platform, balancer, own, api, ...size }: SiteServiceProps) {
    super(scope, id);
    const tasks = new StoreService(this, 'Tasks', {
      ...size,
      platform,
      container: {
        name: 'site',
        databaseRole: databaseRoles.app,
        own,
        environment: { [environment.port]: String(own.port), [environment.apiUrl]: platform.apiUrl },
        port: own.port,
      },
      capacityProviderStrategies: [{ capacityProvider: 'FARGATE', weight: 1 }],
      healthCheckGracePeriod: gracePeriod,
    });
    this.service = tasks.service;
    this.resource = tasks.resource;
    this.targetGroup = targets(this, { vpc: platform.network.vpc, port: own.port, healthPath: own.healthPath });
    this.service.attachToApplicationTargetGroup(this.targetGroup);
    const { listener } = balancer;
    listener.addAction('ApiPaths', {
      priority: 1,
      conditions: [elb.ListenerCondition.pathPatterns([...apiPaths])],
      action: elb.ListenerAction.forward([api.targetGroup]),
    });
    listener.addAction('Site', {
      priority: 2,
      conditions: [elb.ListenerCondition.pathPatterns(['/*'])],
      action: elb.ListenerAction.forward([this.targetGroup]),
    });
    this.resource.node.addDependency(listener, listener.node.findChild('SiteRule'));
    this.resource.node.addDependency(api.resource); // its migrations come first
    scaleOnRequests(tasks, this.targetGroup, size.requestsPerMinutePerTask);
  }
}
