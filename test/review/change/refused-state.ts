import { templateOf } from '../../support/stores';
import { between, changing, edit, edited, remove, rename, set } from './changed-store';
import { block, type RefusedCase } from './refused-case';

const budget = 'AWS::Budgets::Budget';
const queue = 'AWS::SQS::Queue';
const otherName = 'or change the name with it, if another name is allowed';
const moveFirst = 'or move its content to another one by hand first, and remove it after that';

function removedStateful(type: string, id: string, part: string, what: string): RefusedCase {
  return {
    change: `${what} leaves`,
    review: () => changing('medium', remove(type, id)),
    blocks: [
      block(
        part,
        'left-behind',
        `${what} ${id} is removed from the stack: it is kept, and the store no longer uses it`,
        `put ${id} back into the template`,
        moveFirst,
      ),
    ],
  };
}

export const refusedState: readonly RefusedCase[] = [
  removedStateful('AWS::S3::Bucket', 'FilesMedia8AFB6286', 'files', 'bucket'),
  removedStateful('AWS::SQS::Queue', 'QueuesPaymentsC53952ED', 'queues', 'queue'),
  removedStateful('AWS::SecretsManager::Secret', 'DatabaseMasterSecretC5C2A01F', 'database', 'secret'),
  removedStateful('AWS::KMS::Key', 'Key961B73FD', 'key', 'key'),
  removedStateful('AWS::EC2::VPC', 'NetworkVpc7FB7348F', 'network', 'VPC'),
  removedStateful('AWS::ElasticLoadBalancingV2::LoadBalancer', 'LoadBalancerCD993E47', 'load-balancer', 'load balancer'),
  removedStateful('AWS::CloudFront::Distribution', 'CdnDistribution149FA6C8', 'cdn', 'distribution'),
  removedStateful('AWS::Backup::BackupVault', 'BackupsVault1F11AFCC', 'backups', 'backup vault'),
  {
    change: 'a bucket leaves that nothing keeps',
    review: () =>
      between(
        edited(
          'medium',
          edit('AWS::S3::Bucket', (_, resource) => (resource.DeletionPolicy = 'Delete'), 'FilesMedia'),
        ),
        edited('medium', remove('AWS::S3::Bucket', 'FilesMedia')),
      ),
    blocks: [
      block(
        'files',
        'data-lost',
        'bucket FilesMedia8AFB6286 is removed from the stack: it is deleted, with all its files',
        'put FilesMedia8AFB6286 back into the template',
      ),
    ],
    lost: ['all its files (FilesMedia8AFB6286)'],
  },
  {
    change: 'a queue becomes first-in-first-out, and nothing keeps the old one',
    review: () =>
      changing(
        'medium',
        edit(
          queue,
          (properties, resource) => Object.assign(resource, { UpdateReplacePolicy: 'Delete' }) && (properties.FifoQueue = true),
          'QueuesEmail7',
        ),
      ),
    blocks: [
      block(
        'queues',
        'data-lost',
        'FifoQueue: a new, empty queue replaces QueuesEmail70624936; the old one is deleted, with the messages in it',
        'keep FifoQueue as it is',
      ),
    ],
    lost: ['the messages in it (QueuesEmail70624936)'],
  },
  {
    change: 'the vault gets another key',
    review: () => changing('medium', set('AWS::Backup::BackupVault', { EncryptionKeyArn: 'other' })),
    blocks: [
      block(
        'backups',
        'replaced-under-its-name',
        'EncryptionKeyArn can only change in a new resource, and BackupVaultName StoreshopBackupsVault669F94D1 is taken by the old one: CloudFormation refuses',
        'keep EncryptionKeyArn as it is',
        otherName,
      ),
    ],
  },
  {
    change: 'the key is switched off',
    review: () => changing('medium', set('AWS::KMS::Key', { Enabled: false })),
    blocks: [block('key', 'key-disabled', 'the key is disabled: database, files and secrets cannot be read', '"Enabled": true')],
  },
  {
    change: 'the key gets another kind',
    review: () => changing('medium', set('AWS::KMS::Key', { KeySpec: 'RSA_2048' })),
    blocks: [
      block(
        'key',
        'key-chosen-once',
        'KeySpec of the key none → RSA_2048: KMS refuses, it cannot change later',
        'keep KeySpec as it was',
      ),
    ],
  },
  {
    change: 'the password gets another rule',
    review: () =>
      changing(
        'medium',
        edit('AWS::SecretsManager::Secret', ({ GenerateSecretString: rule }) => (rule.PasswordLength = 40)),
      ),
    blocks: [
      block(
        'database',
        'new-password',
        'another rule for the password (PasswordLength): Secrets Manager generates a new one, and the database keeps the old one',
        'leave GenerateSecretString as it is; a rotation changes both together',
      ),
    ],
  },
  {
    change: 'the budget is named',
    review: () =>
      changing(
        'small',
        edit(budget, ({ Budget }) => (Budget.BudgetName = 'shop')),
      ),
    blocks: [
      block(
        'budget',
        'budget-renamed',
        'BudgetName none → shop: it cannot change later',
        'leave BudgetName out: AWS generates one',
        'or give BudgetED13AE41 another logical ID',
      ),
    ],
  },
  {
    change: 'a named budget gets other subscribers',
    review: () =>
      between(
        edited(
          'small',
          edit(budget, ({ Budget }) => (Budget.BudgetName = 'shop')),
        ),
        edited(
          'small',
          edit(budget, (own) => {
            own.Budget.BudgetName = 'shop';
            own.NotificationsWithSubscribers.pop();
          }),
        ),
      ),
    blocks: [
      block(
        'budget',
        'replaced-under-its-name',
        'NotificationsWithSubscribers can only change in a new resource, and Budget.BudgetName shop is taken by the old one: CloudFormation refuses',
        'keep NotificationsWithSubscribers as it is',
        otherName,
      ),
    ],
  },
  {
    change: 'an alarm moves to another logical ID',
    review: () => changing('small', rename('AlarmsresponsetimewarningE03F034B', 'AlarmsOther')),
    blocks: [
      block(
        'alarms',
        'name-taken',
        'AlarmName shop-response-time-warning belongs to AlarmsresponsetimewarningE03F034B: CloudFormation creates the new one before it deletes the old one',
        'keep the logical ID AlarmsresponsetimewarningE03F034B',
        'or give the new one another name',
      ),
    ],
  },
  {
    change: 'a logical ID gets another type',
    review: () =>
      changing(
        'medium',
        (template) => (template.Resources['FirewallLoggingB851CD9F'] = { Type: 'AWS::SNS::Topic', Properties: {} }),
      ),
    blocks: [
      block(
        'other',
        'type-changes',
        'FirewallLoggingB851CD9F was AWS::WAFv2::LoggingConfiguration and would be AWS::SNS::Topic: CloudFormation does not change the type of a resource',
        'give the new resource a new logical ID',
      ),
    ],
  },
  {
    change: 'the stack outgrows CloudFormation',
    review: () =>
      changing('medium', (template) => {
        const extra = 501 - Object.keys(template.Resources).length;
        for (let index = 0; index < extra; index += 1)
          template.Resources[`Topic${index}`] = { Type: 'AWS::SNS::Topic', Properties: {} };
      }),
    blocks: [
      block(
        'other',
        'too-many-resources',
        '501 resources: CloudFormation allows 500 in a stack',
        'turn parts off, such as alarms of replicas',
      ),
    ],
  },
  {
    change: 'the store leaves a zone',
    review: () => between(templateOf('small'), templateOf('small', { zones: 2 })),
    blocks: [
      block(
        'network',
        'subnet-removed',
        'a subnet is removed: database and cache may use it, and a subnet in use cannot be deleted',
        'keep "zones" as it was: zones cannot change later',
      ),
    ],
  },
  {
    change: 'a subnet gets other addresses',
    review: () => changing('small', set('AWS::EC2::Subnet', { CidrBlock: '10.0.99.0/24' }, 'NetworkVpcApplicationSubnet1')),
    blocks: [
      block(
        'network',
        'subnet-replaced',
        'CidrBlock of a subnet: the new one is created before the old one is deleted, which database, proxy, cache and load balancer use',
        'keep "zones", "cidr" and "vpc" as they were: they cannot change later',
      ),
    ],
  },
];
