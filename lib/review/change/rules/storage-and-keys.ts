import { isList, type Json, member } from '../../../template/template';
import { figure } from '../../text/money';
import { type Finding, type Found, online, type RuleTable, silent } from '../finding';
import { formatChange, formatCount, formatList, formatValue } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';
import { policyRemoved, protectedWhileOn, protectedWhileThere, publicAccessBlock } from './security-regressions';

export const storageAndKeys: RuleTable = {
  'AWS::S3::Bucket': {
    properties: {
      LifecycleConfiguration: lifecycle,
      VersioningConfiguration: versioning,
      PublicAccessBlockConfiguration: publicAccessBlock,
      CorsConfiguration: online('other sites may upload'),
      LoggingConfiguration: protectedWhileThere(
        'requests to the bucket are not logged any more',
        'requests are logged elsewhere',
      ),
      OwnershipControls: online('who owns uploaded files'),
      BucketEncryption: protectedWhileThere('encrypted with S3’s own keys alone', 'new files are encrypted in another way'),
    },
  },
  'AWS::S3::BucketPolicy': {
    removed: policyRemoved(
      'Bucket',
      'the bucket’s policy goes: whoever reads by it, such as the CDN, is refused, and plain HTTP is not',
    ),
  },
  'AWS::SQS::QueuePolicy': {
    removed: policyRemoved('Queues', 'the queues’ policy goes: what it refused, such as plain HTTP, is let in'),
  },
  'AWS::SNS::TopicPolicy': {
    removed: policyRemoved('Topics', 'the topics’ policy goes: who sends by it, such as CloudWatch, is refused'),
  },
  'AWS::SQS::Queue': {
    properties: {
      MessageRetentionPeriod: retention,
      RedrivePolicy: silent,
      VisibilityTimeout: online('how long a message is hidden while somebody works on it'),
      ReceiveMessageWaitTimeSeconds: online('how long an empty receive waits'),
      SqsManagedSseEnabled: protectedWhileOn('messages are not encrypted any more', 'messages are encrypted'),
    },
  },
  'AWS::Logs::LogGroup': { together: logGroups },
  'AWS::KMS::Key': {
    properties: {
      Enabled: enabled,
      KeyPolicy: online('who may use the key'),
      EnableKeyRotation: protectedWhileOn('the key is not renewed any more', 'KMS renews the key every year'),
      KeySpec: chosenOnce,
      KeyUsage: chosenOnce,
      MultiRegion: chosenOnce,
      Origin: chosenOnce,
    },
  },
  'AWS::SecretsManager::Secret': { properties: { GenerateSecretString: newPassword } },
  'AWS::SecretsManager::RotationSchedule': {
    added: () => [
      {
        kind: 'added',
        text: 'the master password changes by itself; the first time at the end of its period',
        part: 'database',
      },
    ],
    removed: () => [{ kind: 'removed', text: 'the master password stays as it is', part: 'database' }],
  },
};

function lifecycle({ before, after }: PropertyChange): readonly Found[] {
  const [was, is] = [expiry(before), expiry(after)];
  if (was === is) return [{ kind: 'updated', text: 'how long what it holds is kept' }];
  const text = `kept ${formatChange(was === undefined ? 'for ever' : was, is === undefined ? 'for ever' : `${is} days`)}`;
  const shorter = is !== undefined && (was === undefined || is < was);
  return shorter
    ? [{ kind: 'irreversible', text: `${text}: what is older is deleted`, irreversible: true }]
    : [{ kind: 'updated', text }];
}

/** The shortest time in days after which a rule deletes what it covers. */
function expiry(configuration: Json): number | undefined {
  const rules = member(configuration, 'Rules');
  const days = isList(rules) ? rules.map((rule) => Number(member(rule, 'ExpirationInDays'))).filter((value) => value > 0) : [];
  return days.length === 0 ? undefined : Math.min(...days);
}

function versioning({ before, after }: PropertyChange): readonly Found[] {
  const text = `versions ${formatChange(member(before, 'Status'), member(after, 'Status'))}`;
  return [
    {
      kind: 'updated',
      text: member(after, 'Status') === 'Enabled' ? text : `${text}: what is overwritten or deleted from now on is gone`,
    },
  ];
}

const fourDays = 345_600; // seconds; what SQS keeps where a template says nothing: AWS::SQS::Queue

function retention({ before, after }: PropertyChange): readonly Found[] {
  const [was, is] = [Number(before ?? fourDays), Number(after ?? fourDays)];
  const text = `messages kept ${figure(was / 3600)} → ${figure(is / 3600)} hours`;
  if (is >= was) return [{ kind: 'updated', text }];
  return [{ kind: 'irreversible', text: `${text}: older ones are deleted`, irreversible: true, before: ['emptyQueues'] }];
}

/** Retention follows the size, and every group of a part that goes takes its logs along. */
function logGroups(changes: readonly ResourceChange[]): readonly Finding[] {
  const deleted = changes.filter(({ impact }) => impact === 'removed' || impact === 'replaced');
  const plain = changes.filter(({ properties }) =>
    properties.some(({ name, after }) => name === 'KmsKeyId' && after === undefined),
  );
  const kept = Map.groupBy(
    changes.flatMap((change) => {
      const days = change.properties.find(({ name }) => name === 'RetentionInDays');
      return days ? [{ change, ...days }] : [];
    }),
    ({ before, after }) => formatChange(before ?? 'for ever', after === undefined ? 'for ever' : `${formatValue(after)} days`),
  );
  return [
    ...(deleted.length === 0
      ? []
      : [
          {
            kind: 'removed' as const,
            text: `${deleted.length === 1 ? '1 log group goes' : `${deleted.length} log groups go`}, with the logs`,
            part: 'logs',
            resources: deleted.map(({ id }) => id),
          },
        ]),
    ...[...kept].map(([text, all]) => retained(text, all)),
    ...(plain.length === 0
      ? []
      : [
          {
            kind: 'security-regression' as const,
            text: `${formatCount(plain.length, 'log group')} without a key of its own: encrypted with that of CloudWatch Logs`,
            part: 'logs',
            resources: plain.map(({ id }) => id),
          },
        ]),
  ];
}

interface Retention {
  readonly change: ResourceChange;
  readonly before: Json;
  readonly after: Json;
}

function retained(text: string, all: readonly Retention[]): Finding {
  const shorter = all.some(
    ({ before, after }) => after !== undefined && (before === undefined || Number(after) < Number(before)),
  );
  const said = `${formatCount(all.length, 'log group')} kept ${text}`;
  const common = { part: 'logs', resources: all.map(({ change }) => change.id) };
  return shorter
    ? { kind: 'irreversible', text: `${said}: older logs are deleted`, irreversible: true, ...common }
    : { kind: 'updated', text: said, ...common };
}

function enabled({ after }: PropertyChange): readonly Found[] {
  if (after !== false && after !== 'false') return [{ kind: 'updated', text: 'the key works again' }];
  return [
    {
      kind: 'blocked',
      text: 'the key is switched off: database, files and secrets cannot be read any more',
      block: { rule: 'key-disabled', workaround: ['"Enabled": true'] },
    },
  ];
}

/** AWS CloudFormation, AWS::KMS::Key: the update fails, whatever the policies. */
function chosenOnce({ name, before, after }: PropertyChange): readonly Found[] {
  const block = { rule: 'key-chosen-once', workaround: [`keep ${name} as it was`] };
  return [
    { kind: 'blocked', text: `${name} of the key ${formatChange(before, after)}: KMS refuses, a key is chosen once`, block },
  ];
}

/** AWS CloudFormation, AWS::SecretsManager::Secret: a change of it writes a new version of the secret. */
function newPassword({ before, after }: PropertyChange): readonly Found[] {
  const names = ['SecretStringTemplate', 'GenerateStringKey', 'PasswordLength', 'ExcludePunctuation', 'ExcludeCharacters'];
  const changed = names.filter((name) => JSON.stringify(member(before, name)) !== JSON.stringify(member(after, name)));
  return [
    {
      kind: 'blocked',
      text: `another rule for the password (${formatList(changed)}): Secrets Manager makes a new one, which the database does not learn`,
      block: {
        rule: 'new-password',
        workaround: ['leave GenerateSecretString as it is; a rotation changes password and database together'],
      },
    },
  ];
}
