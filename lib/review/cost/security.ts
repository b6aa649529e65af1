import { type Json, member, type Resource } from '../../template/template';
import { type Charge, monthly, used } from './charge';
import { emailCharges } from './emails';
import { type EntryTable, free, type Scope } from './entry';

const rights = free('IAM is not charged');

/** Rule groups of AWS that cost a subscription of their own, by the words in their names. */
const paidRuleGroups = /BotControl|ATPRuleSet|ACFPRuleSet|AntiDDoS/;

/** WAF, keys, secrets and rights. */
export const security: EntryTable = {
  'AWS::WAFv2::WebACL': { each: webAclCharges },
  'AWS::WAFv2::RuleGroup': {
    each: (group) => [monthly('rules in a rule group', 'waf.rule', group.list('Rules').length)],
  },
  'AWS::WAFv2::WebACLAssociation': free('Counted with the web ACL'),
  'AWS::WAFv2::LoggingConfiguration': free('The log lines count with the log group'),

  'AWS::KMS::Key': {
    each: (key, scope) => [
      monthly('customer-managed key', 'kms.key'),
      ...(key.flag('EnableKeyRotation') ? [rotatedVersions(scope)] : []),
    ],
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

  'AWS::IAM::Role': { together: (_, scope) => emailCharges(scope) },
  'AWS::IAM::Policy': rights,
  'AWS::IAM::ManagedPolicy': rights,
};

/** The first and the second rotation of a key add a version that costs as much as the key; later ones add nothing (price page of KMS). */
const rotatedVersions = ({ usage }: Scope): Charge => ({
  ...monthly('versions of the key that rotation keeps', 'kms.key', usage.keyVersions - 1),
  from: ['keyVersions'],
});

function webAclCharges(acl: Resource, { usage }: Scope): Charge[] {
  const rules = acl.list('Rules');
  const inspected = acl.text('Scope') === 'CLOUDFRONT' ? 'cdnRequests' : 'apiRequests';
  return [
    monthly('web ACL', 'waf.acl'),
    monthly('rules and rule groups', 'waf.rule', rules.length),
    ...rules.flatMap(subscription),
    used('requests inspected', 'waf.requests', usage[inspected], [inspected]),
    ...(rules.some(challenges)
      ? [used('challenges served', 'waf.challenges', usage[inspected] * usage.challengedShare, [inspected, 'challengedShare'])]
      : []),
  ];
}

const challenges = (rule: Json): boolean => member(member(rule, 'Action'), 'Challenge') !== undefined;

/** Subscriptions are not in the price list, so the bill names them as missing. */
function subscription(rule: Json): Charge[] {
  const name = member(member(member(rule, 'Statement'), 'ManagedRuleGroupStatement'), 'Name');
  return typeof name === 'string' && paidRuleGroups.test(name)
    ? [monthly(`subscription of ${name}`, `waf.subscription.${name}`)]
    : [];
}
