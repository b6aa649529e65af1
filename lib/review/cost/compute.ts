import { member, type Resource } from '../../template/template';
import { type Charge, used } from './charge';
import { containerInsights } from './container-insights';
import { type EntryTable, free, type Scope } from './entry';
import { fargateCharges } from './fargate';
import { traceCharges } from './traces';

/** ECS on Fargate, its images, and Lambda. */
export const compute: EntryTable = {
  'AWS::ECS::Service': {
    each: (service, scope) => fargateCharges(service, service.tag('part'), scope),
  },

  'AWS::ECS::Cluster': {
    each: containerInsights,
    together: (_, { usage }) => [
      {
        ...used('data to the Internet', 'transfer.internet', usage.internetGbOut, ['internetGbOut']),
        allowance: 'transfer.internet',
        part: 'network',
      },
      // AWS charges the tasks' side alone: what enters or leaves ElastiCache and RDS is free (price pages of both).
      { ...used('data across zones', 'transfer.zones', usage.interZoneGb, ['interZoneGb']), part: 'network' },
    ],
  },

  'AWS::ECS::TaskDefinition': {
    together: (definitions, scope) => [
      ...(definitions.some(isFromEcr)
        ? [{ ...used('images in the registry', 'ecr.storage', scope.usage.imageGb, ['imageGb']), part: 'image' as const }]
        : []),
      ...traceCharges(scope),
    ],
  },

  'AWS::ECS::ClusterCapacityProviderAssociations': free('Configuration of the cluster: not charged'),
  'AWS::ApplicationAutoScaling::ScalableTarget': free('Auto scaling is not charged; the tasks count with their service'),

  'AWS::Lambda::Function': { each: lambdaCharges },
  'AWS::Lambda::EventInvokeConfig': free('Configuration of a function: not charged'),
  'AWS::Lambda::Permission': free('Rights are not charged'),
};

/** Any container's image in a private registry of ECR, in which an asset's image ends too. */
function isFromEcr(definition: Resource): boolean {
  const images = definition.list('ContainerDefinitions').map((container) => JSON.stringify(member(container, 'Image') ?? ''));
  return images.some((image) => image.includes('.dkr.ecr.'));
}

function lambdaCharges(lambda: Resource, { usage }: Scope): Charge[] {
  const calls = usage.lambdaCalls;
  const gbSeconds = (calls * usage.lambdaSeconds * (lambda.number('MemorySize') ?? 128)) / 1024;
  const architecture = lambda.list('Architectures')[0] === 'arm64' ? 'arm' : 'x86';
  return [
    { ...used('calls', 'lambda.requests', calls, ['lambdaCalls']), allowance: 'lambda.requests' },
    {
      ...used('duration', `lambda.${architecture}`, gbSeconds, ['lambdaCalls', 'lambdaSeconds']),
      allowance: 'lambda.duration',
    },
  ];
}
