import { isCacheLogin } from '../../../template/cache';
import { repeatedPassword, rolePassword } from '../../../template/database';
import { elements, type Json, member, type Resource } from '../../../template/template';
import { figure } from '../../text/money';
import { blocked, type Finding, type Found, type RuleTable, silent, updated } from '../finding';
import { formatChange, formatCount, formatList, formatValue } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';
import { protectedWhileOn, protectedWhileSet, publicAccessBlock, removedFrom, weaker } from './security-regressions';

export const storageAndKeys: RuleTable = {
  'AWS::S3::Bucket': {
    properties: {
      LifecycleConfiguration: lifecycle,
      VersioningConfiguration: versioning,
      PublicAccessBlockConfiguration: publicAccessBlock,
      CorsConfiguration: updated('other sites may upload; no downtime'),
      LoggingConfiguration: protectedWhileSet('requests to the bucket are no longer logged', 'requests are logged elsewhere'),
      OwnershipControls: updated('ownership of uploaded files; no downtime'),
      BucketEncryption: protectedWhileSet('encrypted only with keys of S3', 'new files are encrypted in another way'),
    },
  },
  'AWS::S3::BucketPolicy': {
    removed: removedFrom(
      'Bucket',
      'the bucket policy is removed: access that it grants, such as the CDN’s, is refused; plain HTTP is allowed',
    ),
  },
  'AWS::SQS::QueuePolicy': {
    removed: removedFrom('Queues', 'the queue policy is removed: requests that it refuses, such as plain HTTP, are allowed'),
  },
  'AWS::SNS::TopicPolicy': {
    removed: removedFrom('Topics', 'the topic policy is removed: services that it lets send, such as CloudWatch, are refused'),
  },
  'AWS::SQS::Queue': {
    properties: {
      MessageRetentionPeriod: retention,
      RedrivePolicy: silent,
      FifoThroughputLimit: updated('throughput of the queue'),
      DeduplicationScope: updated('within what the queue drops messages that it has'),
      VisibilityTimeout: updated('how long a message is hidden while it is processed; no downtime'),
      ReceiveMessageWaitTimeSeconds: updated('how long an empty receive waits; no downtime'),
      SqsManagedSseEnabled: protectedWhileOn('messages are no longer encrypted', 'messages are encrypted'),
    },
  },
  'AWS::Logs::LogGroup': { together: logGroups },
  'AWS::KMS::Key': {
    properties: {
      Enabled: ({ after }) =>
        after === false || after === 'false'
          ? blocked('key-disabled', 'the key is disabled: database, files and secrets cannot be read', '"Enabled": true')
          : updated('the key can be used again'),
      KeyPolicy: updated('who may use the key; no downtime'),
      EnableKeyRotation: protectedWhileOn('the key is no longer rotated', 'KMS rotates the key every year'),
      KeySpec: chosenOnce,
      KeyUsage: chosenOnce,
      MultiRegion: chosenOnce,
      Origin: chosenOnce,
    },
  },
  'AWS::SecretsManager::Secret': {
    added: ({ after }) => passwordOf(after, 'added', 'is made; the migrations set it when the first new task starts'),
    removed: ({ before }) => passwordOf(before, 'removed', 'goes; the migrations take it from the role'),
    properties: {
      GenerateSecretString: newPassword,
      SecretString: updated('what the secret says; tasks that start then have it'),
    },
  },
  'AWS::SecretsManager::RotationSchedule': {
    added: { kind: 'added', text: 'the master password is rotated, first at the end of its period', part: 'database' },
    removed: { ...weaker('the master password is no longer rotated'), part: 'database' },
  },
};

/** A shorter retention deletes what is older, for good. @param was in any unit; undefined: kept without end */
function kept(text: string, was: number | undefined, is: number | undefined): Found {
  const shorter = is !== undefined && (was === undefined || is < was);
  return shorter ? { kind: 'irreversible', text: `${text}: older ones are deleted`, irreversible: true } : updated(text);
}

const formatDays = (was: Json, is: Json): string =>
  formatChange(was ?? 'for ever', is === undefined ? 'for ever' : `${formatValue(is)} days`);

function lifecycle({ before, after }: PropertyChange): Found {
  const [was, is] = [expiry(before), expiry(after)];
  return was === is ? updated('how long objects are kept') : kept(`objects kept ${formatDays(was, is)}`, was, is);
}

/** The shortest time in days after which a rule deletes objects. */
function expiry(configuration: Json): number | undefined {
  const rules = elements(member(configuration, 'Rules'));
  const days = rules.map((rule) => Number(member(rule, 'ExpirationInDays'))).filter((value) => value > 0);
  return days.length === 0 ? undefined : Math.min(...days);
}

function versioning({ before, after }: PropertyChange): Found {
  const [was, is] = [member(before, 'Status'), member(after, 'Status')];
  const text = `versions ${formatChange(was, is)}`;
  return updated(is === 'Enabled' ? text : `${text}: objects overwritten or deleted from now on cannot be restored`);
}

const fourDays = 345_600; // seconds; the default of SQS: AWS::SQS::Queue

function retention({ before, after }: PropertyChange): Found {
  const [was, is] = [Number(before ?? fourDays), Number(after ?? fourDays)];
  const found = kept(`messages kept ${figure(was / 3600)} → ${figure(is / 3600)} hours`, was, is);
  return is < was ? { ...found, before: ['emptyQueues'] } : found;
}

/** Retention follows the size, and the log groups of a removed part are deleted with it. */
function logGroups(changes: readonly ResourceChange[]): readonly Finding[] {
  const changed = (name: string) => changes.filter(({ properties }) => properties.some((property) => property.name === name));
  const deleted = changes.filter(({ impact }) => impact === 'removed' || impact === 'replaced');
  const withoutKey = changed('KmsKeyId').filter(({ after }) => after && after.value('KmsKeyId') === undefined);
  const byDays = Map.groupBy(changed('RetentionInDays'), ({ before, after }) =>
    formatDays(before?.value('RetentionInDays'), after?.value('RetentionInDays')),
  );
  return [
    ...onLogGroups(deleted, (count) => ({ kind: 'removed', text: `${count} deleted with the logs` })),
    ...[...byDays].flatMap(([days, all]) => onLogGroups(all, (count) => keptLogs(`${count} kept ${days}`, all[0]))),
    ...onLogGroups(withoutKey, (count) => ({
      kind: 'security-regression',
      text: `${count} no longer encrypted with the store’s key, only with that of CloudWatch Logs`,
    })),
  ];
}

function onLogGroups(changes: readonly ResourceChange[], finding: (count: string) => Found): Finding[] {
  if (changes.length === 0) return [];
  const place = { part: 'logs', resources: changes.map(({ id }) => id) };
  return [{ ...finding(formatCount(changes.length, 'log group')), ...place }];
}

function keptLogs(text: string, change: ResourceChange | undefined): Found {
  return kept(text, change?.before?.number('RetentionInDays'), change?.after?.number('RetentionInDays'));
}

/** AWS CloudFormation, AWS::KMS::Key: the update fails, whatever the policies. */
function chosenOnce({ name, before, after }: PropertyChange): Found {
  const text = `${name} of the key ${formatChange(before, after)}: KMS refuses, it cannot change later`;
  return blocked('key-chosen-once', text, `keep ${name} as it was`);
}

function passwordOf(secret: Resource | undefined, kind: 'added' | 'removed', fate: string): readonly Found[] {
  if (secret && isCacheLogin(secret)) return [{ kind, text: 'a secret by which programs log in to the cache' }];
  const repeated = secret && repeatedPassword(secret);
  if (repeated !== undefined) return [{ kind, text: `a secret that repeats the password of ${repeated}` }];
  const role = secret && rolePassword(secret);
  return [{ kind, text: role === undefined ? 'a secret' : `the password of ${role} ${fate}` }];
}

/** AWS CloudFormation, AWS::SecretsManager::Secret: a change of it writes a new version of the secret. */
function newPassword({ before, after }: PropertyChange, { before: secret }: ResourceChange): Found {
  const names = ['SecretStringTemplate', 'GenerateStringKey', 'PasswordLength', 'ExcludePunctuation', 'ExcludeCharacters'];
  const changed = names.filter((name) => JSON.stringify(member(before, name)) !== JSON.stringify(member(after, name)));
  const keeper = secret && isCacheLogin(secret) ? 'cache' : 'database';
  return blocked(
    'new-password',
    `another rule for the password (${formatList(changed)}): Secrets Manager generates a new one, and the ${keeper} keeps the old one`,
    'leave GenerateSecretString as it is; a rotation changes both together',
  );
}
