import { entryPoints, sendsTo } from '../../services/contract';
import type { CloudFormationResource } from '../support/stores';
import { callsInCode } from './calls-in-code';
import { type Deployment, deploy } from './deploy';
import { rolesOf } from './policies';
import { keptUnused, locked, refused, unused } from './rights';
import { deployed, regionOf, storeNames, templateFor } from './stores';

/** Policies of AWS that roles have, for what AWS's services do in an account. */
const managedPolicies: Readonly<Record<string, readonly string[]>> = {
  AlertsSlackRole: ['CloudWatchReadOnlyAccess'],
  BackupsRole: ['AWSBackupServiceRolePolicyForS3Backup', 'service-role/AWSBackupServiceRolePolicyForBackup'],
  DatabaseMonitoring: ['service-role/AmazonRDSEnhancedMonitoringRole'],
};

describe.each(storeNames)('%s', (store) => {
  test('lets every role do what is done as it', () => {
    expect(refused(deployed(store), regionOf(store))).toEqual([]);
  });

  test('lets no role do anything else', () => {
    const { unasked } = unused(deployed(store), regionOf(store));
    expect(unasked).toEqual([]);
  });

  test('has the key that opens each secret, for whoever reads or writes it', () => {
    expect(locked(deployed(store), regionOf(store))).toEqual([]);
  });

  test('gives policies of AWS’s to roles of AWS’s services alone', () => {
    const given = rolesOf(deployed(store)).flatMap(({ id, managedPolicies: arns }) =>
      arns.length > 0
        ? [[id.replace(/[0-9A-F]{8}$/, ''), arns.map((arn) => arn.replace('arn:aws:iam::aws:policy/', ''))] as const]
        : [],
    );
    expect(given.length).toBeGreaterThan(0);
    for (const [role, policies] of given) expect([role, policies]).toEqual([role, managedPolicies[role]]);
  });
});

test('what is kept though no call uses it is still there, with its reason', () => {
  const kept = new Set(storeNames.flatMap((store) => unused(deployed(store), regionOf(store)).kept));
  expect(keptUnused.filter((right) => !kept.has(right))).toEqual([]);
  for (const { reason } of keptUnused) expect(reason.length).toBeGreaterThan(50);
});

describe('a mistake in a policy is told:', () => {
  const store = 'small with payments, e-mails and log-in by passwords';
  const broken = (change: (resource: CloudFormationResource, id: string) => void): Deployment => {
    const template = structuredClone(templateFor(store));
    for (const [id, resource] of Object.entries(template.Resources)) change(resource, id);
    return deploy(template, { stack: 'Store-mail', region: 'us-east-1' });
  };
  /** Statements of a role's policy that have an action lose it. */
  const without = (role: RegExp, action: string) =>
    broken(({ Type, Properties }, id) => {
      if (Type !== 'AWS::IAM::Policy' || !role.test(id)) return;
      for (const statement of Properties.PolicyDocument.Statement) {
        const actions = [statement.Action].flat();
        if (actions.includes(action)) statement.Action = ['sts:GetCallerIdentity', ...actions.filter((one) => one !== action)];
      }
    });

  test('a right that a task role lost', () => {
    expect(refused(without(/^WorkerTasksTaskTaskRole/, 'sqs:DeleteMessage'), 'us-east-1')).toEqual(
      expect.arrayContaining([expect.stringMatching(/ worker: sqs:DeleteMessage on arn:aws:sqs:.*QueuesEmail/)]),
    );
  });

  test('a secret that the execution role may not read', () => {
    const deployment = broken(({ Type, Properties }, id) => {
      if (Type !== 'AWS::IAM::Policy' || !id.startsWith('ApiTasksTaskExecutionRole')) return;
      for (const statement of Properties.PolicyDocument.Statement)
        if ([statement.Action].flat().includes('secretsmanager:GetSecretValue'))
          statement.Resource = [statement.Resource]
            .flat()
            .filter((resource: unknown) => !JSON.stringify(resource).includes('stripe'));
    });
    expect(refused(deployment, 'us-east-1')).toEqual([
      expect.stringMatching(
        /^ECS for ApiTasksTask.* secretsmanager:GetSecretValue on .*:secret:stripe-AbCdEf as ApiTasksTaskExecutionRole/,
      ),
      expect.stringMatching(/^ECS for ApiTasksTask/),
    ]);
  });

  test('a sender that the worker may not be', () => {
    const deployment = broken(({ Type, Properties }) => {
      if (Type !== 'AWS::IAM::Policy') return;
      for (const { Condition } of Properties.PolicyDocument.Statement)
        if (Condition?.StringEquals?.['ses:FromAddress']) Condition.StringEquals['ses:FromAddress'] = 'nobody@example.com';
    });
    expect(refused(deployment, 'us-east-1')).toContainEqual(expect.stringContaining('worker: ses:SendEmail on'));
  });

  test('a right that nobody asks for', () => {
    const deployment = broken(({ Type, Properties }, id) => {
      if (Type === 'AWS::IAM::Policy' && id.startsWith('ApiTasksTaskTaskRole'))
        Properties.PolicyDocument.Statement.push({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::any/*' });
    });
    expect(unused(deployment, 'us-east-1').unasked).toEqual([
      expect.stringMatching(/^ApiTasksTaskTaskRole\w+ may s3:GetObject on arn:aws:s3:::any\/\*$/),
    ]);
  });

  test('a key that does not open the secret', () => {
    const deployment = broken(({ Type, Properties }) => {
      if (Type === 'AWS::KMS::Key')
        Properties.KeyPolicy.Statement = Properties.KeyPolicy.Statement.filter(
          ({ Principal }: { Principal: unknown }) => !JSON.stringify(Principal).includes('WorkerTasksTaskExecutionRole'),
        );
    });
    expect(locked(deployment, 'us-east-1')).toContainEqual(expect.stringMatching(/^ECS for WorkerTasksTask.* kms:Decrypt/));
  });
});

test('the contract names the queues to which the code sends', () => {
  for (const service of ['api', 'worker'] as const)
    expect(callsInCode(entryPoints[service]).sendsTo).toEqual(new Set<string>(sendsTo[service]));
});
