import { isList, type Json, member, type Resource, scalar, type Template } from '../../template/template';

/** Statements of the policies of one type that are attached to a resource. */
function statementsFor(template: Template, resource: Resource, kind: keyof typeof policyTypes): readonly Json[] {
  const { type, target } = policyTypes[kind];
  return template
    .ofType(type)
    .filter((policy) => policy.references(target).includes(resource))
    .flatMap((policy) => listOf(policy.value('PolicyDocument.Statement')));
}

/** Types of policies, with the property that names what a policy is for. */
export const policyTypes = {
  bucket: { type: 'AWS::S3::BucketPolicy', target: 'Bucket' },
  queue: { type: 'AWS::SQS::QueuePolicy', target: 'Queues' },
  topic: { type: 'AWS::SNS::TopicPolicy', target: 'Topics' },
} as const;

/** Whether a policy refuses what comes without TLS. IAM takes `false` and `"false"`. */
export function refusesPlainText(template: Template, resource: Resource, kind: keyof typeof policyTypes): boolean {
  return statementsFor(template, resource, kind).some(
    (statement) =>
      isForAnybody(statement, 'Deny') &&
      listOf(member(member(member(statement, 'Condition'), 'Bool'), 'aws:SecureTransport')).some(
        (one) => scalar(one) === 'false',
      ),
  );
}

/** Whether a policy gives anybody anything, without a condition that says who. */
export function letsAnybodyIn(template: Template, resource: Resource, kind: keyof typeof policyTypes): boolean {
  return statementsFor(template, resource, kind).some(
    (statement) => isForAnybody(statement, 'Allow') && member(statement, 'Condition') === undefined,
  );
}

/** Whether a policy that stands in the resource itself forbids anybody to do one of these. */
export function forbids(policy: Json, action: string): boolean {
  return listOf(member(policy, 'Statement')).some(
    (statement) => isForAnybody(statement, 'Deny') && listOf(member(statement, 'Action')).includes(action),
  );
}

function isForAnybody(statement: Json, effect: 'Allow' | 'Deny'): boolean {
  const principal = member(statement, 'Principal');
  return member(statement, 'Effect') === effect && (principal === '*' || listOf(member(principal, 'AWS')).includes('*'));
}

/** IAM takes one of a thing without the list around it. */
function listOf(value: Json): readonly Json[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}
