import { hourly, used } from './charge';
import { type EntryTable, free } from './entry';

const configuration = free('Configuration of the VPC: not charged');

/** Amazon VPC and what tasks send through it. */
export const network: EntryTable = {
  'AWS::EC2::VPC': configuration,
  'AWS::EC2::Subnet': configuration,
  'AWS::EC2::RouteTable': configuration,
  'AWS::EC2::Route': configuration,
  'AWS::EC2::SubnetRouteTableAssociation': configuration,
  'AWS::EC2::InternetGateway': free('An Internet gateway is not charged; what leaves through it is counted with the cluster'),
  'AWS::EC2::VPCGatewayAttachment': configuration,
  'AWS::EC2::SecurityGroup': configuration,
  'AWS::EC2::SecurityGroupIngress': configuration,
  'AWS::EC2::SecurityGroupEgress': configuration,

  'AWS::EC2::EIP': { each: () => [hourly('public IPv4 address', 'vpc.ipv4')] },

  'AWS::EC2::NatGateway': {
    each: () => [hourly('NAT gateway', 'nat.hour')],
    together: (_, { usage }) => [used('data through NAT gateways', 'nat.gb', usage.natGb, ['natGb'])],
  },

  'AWS::EC2::VPCEndpoint': {
    each: (endpoint) =>
      endpoint.text('VpcEndpointType') === 'Interface'
        ? [hourly('interface endpoint, a zone', 'vpc.endpoint', Math.max(1, endpoint.list('SubnetIds').length))]
        : [], // gateway endpoints are free
  },

  'AWS::EC2::FlowLog': {
    together: (flowLogs, { usage }) => {
      const toS3 = flowLogs.some((flowLog) => flowLog.text('LogDestinationType') === 's3'); // otherwise they are in logGb
      return toS3 ? [used('flow logs delivered to S3', 'logs.to-s3', usage.flowLogGb, ['flowLogGb'])] : [];
    },
  },
};
