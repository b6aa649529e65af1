import { createRequire } from 'node:module';

/** What CloudFormation's specification says of a type, in the copy that the CDK's comparison uses. */
export interface ResourceSpec {
  readonly cloudFormationType: string;
  readonly isStateful?: boolean;
  readonly properties: Readonly<
    Record<string, { readonly causesReplacement?: 'yes' | 'no' | 'maybe'; readonly documentation?: string }>
  >;
}

interface Specification {
  readonly loadAwsServiceSpecSync: () => { all(entity: 'resource'): readonly ResourceSpec[] };
}

/** Every type; loading them takes about a second. */
export function resourceSpecs(): readonly ResourceSpec[] {
  const ofComparison = createRequire(require.resolve('@aws-cdk/cloudformation-diff'));
  return (ofComparison('@aws-cdk/aws-service-spec') as Specification).loadAwsServiceSpecSync().all('resource');
}
