import { Fn, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ExistingVpcConfig, NetworkConfig } from '../config/store-config';
import { limits } from '../facts/limits';

export interface NetworkProps extends NetworkConfig {
  /** Where rejected flows are logged; an existing VPC keeps its own flow logs. */
  readonly accessLogs: s3.IBucket;
}

/**
 * Public, application and data subnets in each zone. The layout is the same in every size; only NAT gateways change,
 * so that a change of size replaces no subnet.
 */
export class Network extends Construct {
  readonly vpc: ec2.IVpc;
  /** Load balancer, rotation and, where a NAT gateway exists, tasks. */
  readonly applicationSubnets: ec2.SubnetSelection;
  /** Database, proxy and cache; no route leaves the VPC. */
  readonly dataSubnets: ec2.SubnetSelection;
  readonly taskSubnets: ec2.SubnetSelection;
  /** false: tasks reach AWS and the payment provider from public addresses, and nothing may come in. */
  readonly hasNatGateway: boolean;
  readonly cloudFrontPrefixList: string;
  /** Of a new VPC; an existing one has its owner's. */
  readonly natGatewayIds: readonly string[];
  /** The Internet gateway is attached to a new VPC by these; an existing VPC has its own. */
  readonly gatewayAttachments: readonly Construct[];

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    this.hasNatGateway = props.natGateways > 0;
    this.cloudFrontPrefixList = props.cloudFrontPrefixList;

    this.vpc = props.existingVpc ? existingVpc(this, props.existingVpc) : newVpc(this, props);
    this.gatewayAttachments = this.vpc.node.children.filter((child) => child instanceof ec2.CfnVPCGatewayAttachment);
    this.natGatewayIds = this.vpc.node
      .findAll()
      .filter((child) => child instanceof ec2.CfnNatGateway)
      .map(({ attrNatGatewayId }) => attrNatGatewayId);
    this.applicationSubnets = { subnets: this.vpc.privateSubnets };
    this.dataSubnets = { subnets: this.vpc.isolatedSubnets };
    this.taskSubnets = this.hasNatGateway ? this.applicationSubnets : { subnets: this.vpc.publicSubnets };
  }

  /** A group that admits and reaches nothing until a rule names its peer. */
  closedSecurityGroup(scope: Construct, id: string, description: string): ec2.SecurityGroup {
    return new ec2.SecurityGroup(scope, id, { vpc: this.vpc, description, allowAllOutbound: false });
  }
}

function newVpc(scope: Construct, { cidr, zones, natGateways, accessLogs }: NetworkProps): ec2.IVpc {
  // Index 2 of the account's zones fails at deployment in an account with two: the configuration decides how many.
  const names =
    typeof zones === 'number' ? Array.from({ length: zones }, (_, index) => Fn.select(index, Fn.getAzs())) : [...zones];
  const prefix = Number(cidr.split('/')[1]);
  const beyond = limits.subnetPrefixBeyondVpc;
  const vpc = new ec2.Vpc(scope, 'Vpc', {
    ipAddresses: ec2.IpAddresses.cidr(cidr),
    availabilityZones: names,
    reservedAzs: limits.zones.most - names.length, // a third zone later renumbers nothing
    natGateways,
    restrictDefaultSecurityGroup: false, // the stock way is a Lambda-backed custom resource; nothing here uses that group
    subnetConfiguration: [
      { name: 'Application', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: prefix + beyond.application },
      { name: 'Public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: prefix + beyond.public, mapPublicIpOnLaunch: false },
      { name: 'Data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: prefix + beyond.data },
    ],
    flowLogs: {
      Rejected: {
        destination: ec2.FlowLogDestination.toS3(accessLogs, 'vpc'),
        trafficType: ec2.FlowLogTrafficType.REJECT,
      },
    },
  });
  vpc.addGatewayEndpoint('S3', {
    service: ec2.GatewayVpcEndpointAwsService.S3,
    subnets: [{ subnets: vpc.publicSubnets }, { subnets: vpc.privateSubnets }],
  });
  (vpc.node.defaultChild as ec2.CfnVPC).applyRemovalPolicy(RemovalPolicy.RETAIN);
  return vpc as ec2.IVpc; // the stock class declares an optional member differently from its own interface
}

function existingVpc(scope: Construct, vpc: ExistingVpcConfig): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId: vpc.vpcId,
    availabilityZones: [...vpc.zones],
    publicSubnetIds: [...vpc.publicSubnetIds],
    privateSubnetIds: [...vpc.applicationSubnetIds],
    isolatedSubnetIds: [...vpc.dataSubnetIds],
  });
}
