import { createRequire } from 'node:module';

/** What CloudFormation's specification says of a type, in the copy that the CDK's comparison uses. */
export interface ResourceSpec {
  readonly cloudFormationType: string;
  readonly isStateful?: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly primaryIdentifier?: readonly string[];
  /** What `Ref` gives, where it is not the primary identifier. */
  readonly cfnRefIdentifier?: readonly string[];
  /** `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}` */
  readonly arnTemplate?: string;
  readonly properties: Readonly<
    Record<string, { readonly causesReplacement?: 'yes' | 'no' | 'maybe'; readonly documentation?: string }>
  >;
}

interface Specification {
  readonly loadAwsServiceSpecSync: () => { all(entity: 'resource'): readonly ResourceSpec[] };
}

let byType: ReadonlyMap<string, ResourceSpec> | undefined;

export function resourceSpec(type: string): ResourceSpec | undefined {
  byType ??= new Map(resourceSpecs().map((spec) => [spec.cloudFormationType, spec]));
  return byType.get(type);
}

/** Every type; loading them takes about a second. */
export function resourceSpecs(): readonly ResourceSpec[] {
  const ofComparison = createRequire(require.resolve('@aws-cdk/cloudformation-diff'));
  return (ofComparison('@aws-cdk/aws-service-spec') as Specification).loadAwsServiceSpecSync().all('resource');
}
