import { isList, type Json, member, type Resource, type Template } from '../../template/template';
import { scalar } from './scalar';

/** Statements of the policies of one type that are attached to a resource. */
function statementsFor(template: Template, resource: Resource, { type, target }: PolicyType): readonly Json[] {
  return template
    .ofType(type)
    .filter((policy) => policy.references(target).includes(resource))
    .flatMap((policy) => listOf(policy.value('PolicyDocument.Statement')));
}

interface PolicyType {
  readonly type: string;
  /** Property that names what the policy is for. */
  readonly target: string;
}

export const policyTypes = {
  bucket: { type: 'AWS::S3::BucketPolicy', target: 'Bucket' },
  queue: { type: 'AWS::SQS::QueuePolicy', target: 'Queues' },
  topic: { type: 'AWS::SNS::TopicPolicy', target: 'Topics' },
} as const satisfies Record<string, PolicyType>;

/** Whether a policy refuses what comes without TLS. */
export function refusesPlainText(template: Template, resource: Resource, kind: keyof typeof policyTypes): boolean {
  return statementsFor(template, resource, policyTypes[kind]).some(
    (statement) =>
      member(statement, 'Effect') === 'Deny' &&
      isAnybody(member(statement, 'Principal')) &&
      isFalse(member(member(member(statement, 'Condition'), 'Bool'), 'aws:SecureTransport')),
  );
}

/** Whether a policy gives anybody anything, without a condition that says who. */
export function letsAnybodyIn(template: Template, resource: Resource, kind: keyof typeof policyTypes): boolean {
  return statementsFor(template, resource, policyTypes[kind]).some(
    (statement) =>
      member(statement, 'Effect') === 'Allow' &&
      isAnybody(member(statement, 'Principal')) &&
      member(statement, 'Condition') === undefined,
  );
}

/** Whether a policy that stands in the resource itself forbids anybody to do one of these. */
export function forbids(policy: Json, action: string): boolean {
  return listOf(member(policy, 'Statement')).some(
    (statement) =>
      member(statement, 'Effect') === 'Deny' &&
      isAnybody(member(statement, 'Principal')) &&
      listOf(member(statement, 'Action')).includes(action),
  );
}

function isAnybody(principal: Json): boolean {
  return principal === '*' || listOf(member(principal, 'AWS')).includes('*');
}

/** IAM takes `false` and `"false"`. */
function isFalse(value: Json): boolean {
  return listOf(value).some((one) => scalar(one) === 'false');
}

/** IAM takes one of a thing without the list around it. */
function listOf(value: Json): readonly Json[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}
