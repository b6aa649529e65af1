import { monthly, used } from './charge';
import { type EntryTable, free } from './entry';

const rights = free('IAM is not charged');

/** WAF, keys, secrets and rights. */
export const security: EntryTable = {
  'AWS::WAFv2::WebACL': {
    each: (acl, { usage }) => [
      monthly('web ACL', 'waf.acl'),
      monthly('rules and rule groups', 'waf.rule', acl.list('Rules').length),
      used('requests inspected', 'waf.requests', usage.apiRequests, ['apiRequests']),
    ],
  },
  'AWS::WAFv2::WebACLAssociation': free('Counted with the web ACL'),
  'AWS::WAFv2::LoggingConfiguration': free('The log lines count with the log group'),

  'AWS::KMS::Key': {
    // Each yearly rotation adds a dollar, the third and later ones nothing: left out of the first year.
    each: () => [monthly('customer-managed key', 'kms.key')],
    together: (_, { usage }) => [
      { ...used('requests to the key', 'kms.requests', usage.kmsRequests, ['kmsRequests']), allowance: 'kms.requests' },
    ],
  },
  'AWS::KMS::Alias': free('Aliases are not charged'),

  'AWS::SecretsManager::Secret': {
    each: () => [monthly('secret', 'secrets.secret')],
    together: (_, { usage }) => [used('calls to Secrets Manager', 'secrets.calls', usage.secretCalls, ['secretCalls'])],
  },
  'AWS::SecretsManager::SecretTargetAttachment': free('Counted with the secret'),
  'AWS::SecretsManager::RotationSchedule': free('Rotation is not charged; its Lambda function runs once a month'),
  'AWS::SecretsManager::ResourcePolicy': rights,

  'AWS::IAM::Role': rights,
  'AWS::IAM::Policy': rights,
  'AWS::IAM::ManagedPolicy': rights,
};
