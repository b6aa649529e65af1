import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { idleConnectionSeconds } from '../../services/contract';
import type { Network } from './network';

export interface LoadBalancerProps {
  readonly network: Network;
  readonly accessLogs: s3.IBucket;
  /** Refuse deletion by API or console until it is turned off. @default true */
  readonly deletionProtection?: boolean;
  /** ACM certificate of the store's region. @default - HTTP inside the VPC, behind CloudFront's HTTPS */
  readonly certificateArn?: string | undefined;
}

/** Internal load balancer that only CloudFront reaches, on one port. */
export class LoadBalancer extends Construct {
  readonly balancer: elb.ApplicationLoadBalancer;
  readonly listener: elb.ApplicationListener;
  readonly protocol: elb.ApplicationProtocol.HTTP | elb.ApplicationProtocol.HTTPS;
  readonly port: 80 | 443;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    this.protocol = props.certificateArn ? elb.ApplicationProtocol.HTTPS : elb.ApplicationProtocol.HTTP;
    this.port = props.certificateArn ? 443 : 80;

    this.balancer = internalBalancer(this, props, this.admitCloudFront(props.network));
    this.balancer.logAccessLogs(props.accessLogs, 'load-balancer');
    this.listener = this.balancer.addListener('Listener', {
      protocol: this.protocol,
      port: this.port,
      open: false,
      ...(props.certificateArn && {
        certificates: [elb.ListenerCertificate.fromArn(props.certificateArn)],
        sslPolicy: elb.SslPolicy.RECOMMENDED_TLS,
      }),
    });
  }

  /** CloudFront's prefix list weighs 55 of a group's 60 rules: one port, and nothing else in the group comes in. */
  private admitCloudFront(network: Network): ec2.SecurityGroup {
    const group = network.closedSecurityGroup(this, 'SecurityGroup', 'Load balancer: from CloudFront, to API tasks');
    group.addIngressRule(ec2.Peer.prefixList(network.cloudFrontPrefixList), ec2.Port.tcp(this.port), 'CloudFront');
    return group;
  }
}

function internalBalancer(
  scope: Construct,
  { network, deletionProtection = true }: LoadBalancerProps,
  securityGroup: ec2.ISecurityGroup,
) {
  const balancer = new elb.ApplicationLoadBalancer(scope, 'Balancer', {
    vpc: network.vpc,
    vpcSubnets: network.applicationSubnets,
    internetFacing: false,
    securityGroup,
    dropInvalidHeaderFields: true,
    deletionProtection,
    idleTimeout: Duration.seconds(idleConnectionSeconds),
  });
  balancer.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return balancer;
}
