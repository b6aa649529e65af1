import { StackStatus } from '@aws-sdk/client-cloudformation';
import { readStack } from '../../lib/deployed/read-stack';
import { type Answering, type AwsServer, startAws, xmlError } from '../services/assessor/aws-server';
import { clientsAt, inAws, noStack } from './store-in-cloudformation';

const servers: AwsServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function read(answer: Answering) {
  const server = await startAws(answer);
  servers.push(server);
  const { cloudFormation } = clientsAt(server.url, 'eu-west-1');
  return { server, reading: readStack(cloudFormation, { region: 'eu-west-1', stack: 'Store-shop' }) };
}

describe('reading a deployed stack', () => {
  it('takes the size from its output, the account from its id, and the template', async () => {
    const template = { Resources: { Key: { Type: 'AWS::KMS::Key' } } };
    const { reading } = await read(inAws({ tier: 'large', template }));

    expect(await reading).toEqual({
      kind: 'deployed',
      name: 'Store-shop',
      account: '111122223333',
      tier: 'large',
      template,
      rollbackFailed: undefined,
    });
  });

  it('asks in the store’s region for the template as it was handed in, before transforms', async () => {
    const { server, reading } = await read(inAws({ template: { Resources: { Key: { Type: 'AWS::KMS::Key' } } } }));
    await reading;

    expect(server.requests).toMatchObject([
      { action: 'DescribeStacks', region: 'eu-west-1', input: { StackName: 'Store-shop' } },
      { action: 'GetTemplate', region: 'eu-west-1', input: { StackName: 'Store-shop', TemplateStage: 'Original' } },
    ]);
  });

  it.each([undefined, 'huge'])('knows no size where the output is %s', async (tier) => {
    const { reading } = await read(inAws({ tier, template: { Resources: { Key: { Type: 'AWS::KMS::Key' } } } }));

    expect(await reading).toMatchObject({ kind: 'deployed', tier: undefined });
  });

  it('says so where what is deployed is no template', async () => {
    const { reading } = await read(inAws({ template: 'once upon a time' }));

    await expect(reading).rejects.toMatchObject({
      code: 'no-template',
      message: expect.stringMatching(/^Store-shop in eu-west-1 cannot be compared: the template of Store-shop /),
    });
  });
});

describe('a store that is not deployed', () => {
  it('is absent where there is no stack of the name', async () => {
    const { reading } = await read(() => noStack);

    expect(await reading).toEqual({ kind: 'absent' });
  });

  it.each([
    ['REVIEW_IN_PROGRESS', 'absent'],
    ['CREATE_FAILED', 'unfinished'],
  ])('is a first deployment in %s: %s', async (status, kind) => {
    const { reading } = await read(inAws({ status }));

    expect(await reading).toEqual({ kind });
  });

  const [stack, create] = ['AWS::CloudFormation::Stack', 'CREATE_IN_PROGRESS'];
  const unfinishedTwice = [
    ['Store-shop', stack, 'UPDATE_FAILED'],
    ['Cdn', 'AWS::CloudFront::Distribution', 'CREATE_FAILED', 'no certificate'],
    ['Store-shop', stack, 'UPDATE_IN_PROGRESS'],
    ['Store-shop', stack, 'CREATE_FAILED'],
    ['Key', 'AWS::KMS::Key', 'CREATE_COMPLETE'],
  ] as const;

  it('is still a first deployment where what continued it failed, too', async () => {
    const { reading } = await read(
      inAws({ status: 'UPDATE_FAILED', history: [...unfinishedTwice, ['Store-shop', stack, create]] }),
    );

    expect(await reading).toEqual({ kind: 'unfinished' });
  });

  it.each([
    ['complete once', [...unfinishedTwice.slice(0, 3), ['Store-shop', stack, 'CREATE_COMPLETE'], ['Store-shop', stack, create]]],
    ['of which the oldest events are gone', unfinishedTwice],
  ] as const)('is none where its stack was %s', async (_, history) => {
    const { reading } = await read(inAws({ status: 'UPDATE_FAILED', history }));

    await expect(reading).rejects.toMatchObject({ code: 'stuck' });
  });

  it('is not taken for absent where CloudFormation refuses for another reason', async () => {
    const { reading } = await read(() => xmlError('ValidationError'));

    await expect(reading).rejects.toMatchObject({ code: 'refused' });
  });
});

describe('a stack that cannot be updated now', () => {
  it.each([
    ['UPDATE_IN_PROGRESS', 'busy', 'wait stack-update-complete'],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'busy', 'wait stack-update-complete'],
    ['UPDATE_ROLLBACK_IN_PROGRESS', 'busy', 'wait stack-rollback-complete'],
    ['CREATE_IN_PROGRESS', 'busy', 'wait stack-create-complete'],
    ['DELETE_IN_PROGRESS', 'busy', 'wait stack-delete-complete'],
    ['ROLLBACK_IN_PROGRESS', 'busy', 'describe-stacks'],
    ['UPDATE_FAILED', 'stuck', 'rollback-stack'],
    ['ROLLBACK_COMPLETE', 'stuck', 'delete-stack'],
    ['ROLLBACK_FAILED', 'stuck', 'delete-stack'],
    ['DELETE_FAILED', 'stuck', 'delete-stack'],
    ['A_STATUS_OF_TOMORROW', 'stuck', 'describe-stack-events'],
  ])('names its state and the command to write: %s is %s', async (status, code, command) => {
    const { server, reading } = await read(inAws({ status }));

    await expect(reading).rejects.toMatchObject({
      code,
      message: expect.stringMatching(
        new RegExp(
          `^Store-shop in eu-west-1 is ${status}: .+\\n→ aws cloudformation ${command} --stack-name Store-shop --region eu-west-1$`,
        ),
      ),
    });
    const history = code === 'stuck' ? ['DescribeStackEvents'] : [];
    expect([...new Set(server.requests.map(({ action }) => action))]).toEqual(['DescribeStacks', ...history]);
  });

  it('is told apart from one that can in every status that AWS has', async () => {
    const kinds = await Promise.all(
      Object.values(StackStatus).map(async (status) => {
        const { reading } = await read(inAws({ status, template: { Resources: { Key: { Type: 'AWS::KMS::Key' } } } }));
        return reading.then(
          ({ kind }) => kind,
          ({ code }: { code: string }) => code,
        );
      }),
    );
    const count = Object.fromEntries([...Map.groupBy(kinds, (kind) => kind)].map(([kind, all]) => [kind, all.length]));

    expect(count).toEqual({ deployed: 6, absent: 2, unfinished: 1, busy: 9, stuck: 5 });
  });
});

describe('a stack whose rollback failed', () => {
  const [stack, proxy] = ['AWS::CloudFormation::Stack', 'AWS::RDS::DBProxy'];
  const history = [
    ['Store-shop', stack, 'UPDATE_ROLLBACK_FAILED'],
    ['Database', 'AWS::RDS::DBInstance', 'UPDATE_FAILED', 'Database instance is not in available state'],
    ['Store-shop', stack, 'UPDATE_ROLLBACK_IN_PROGRESS', 'The following resource(s) failed to create: [Proxy]'],
    ['Alarms', 'AWS::CloudWatch::Alarm', 'UPDATE_FAILED', 'Resource update cancelled'],
    ['Proxy', proxy, 'CREATE_FAILED', 'no zone'],
    ['Proxy', proxy, 'CREATE_IN_PROGRESS'],
    ['Store-shop', stack, 'UPDATE_IN_PROGRESS', 'User Initiated'],
    ['Cache', 'AWS::ElastiCache::ReplicationGroup', 'UPDATE_FAILED', 'of last week'],
    ['Database', 'AWS::RDS::DBInstance', 'CREATE_IN_PROGRESS'],
  ] as const;
  const resources = { Database: { Type: 'AWS::RDS::DBInstance' }, Alarms: { Type: 'AWS::CloudWatch::Alarm' } };
  const readFailed = (template: object | string) => read(inAws({ status: 'UPDATE_ROLLBACK_FAILED', template, history }));
  const said = [
    'Store-shop in eu-west-1 is UPDATE_ROLLBACK_FAILED: the rollback of the last deployment failed, and it takes no other; ' +
      'fix what failed, then continue the rollback',
    '! Proxy (AWS::RDS::DBProxy) failed: no zone',
    '! Database (AWS::RDS::DBInstance) failed: Database instance is not in available state',
  ];
  const arrow = '→ aws cloudformation continue-update-rollback --stack-name Store-shop --region eu-west-1';

  it('has the template to which it goes back, what failed and why, and the command that continues', async () => {
    const { reading } = await readFailed({ Resources: resources });

    expect(await reading).toMatchObject({
      kind: 'deployed',
      template: { Resources: resources },
      rollbackFailed: [...said, arrow].join('\n'),
    });
  });

  it.each([
    [
      'the template that failed: it has what the deployment began to create',
      { Resources: { ...resources, Proxy: { Type: proxy } } },
      '! nothing is compared until it is rolled back: CloudFormation gives the template that failed',
    ],
    [
      'no template',
      'once upon a time',
      expect.stringMatching(/^! nothing is compared: Store-shop in eu-west-1 cannot be compared: /),
    ],
  ])('is not compared where CloudFormation gives %s', async (_, template, why) => {
    const { reading } = await readFailed(template);
    const { code, message } = await reading.then(
      () => ({ code: 'compared', message: '' }),
      (error: { code: string; message: string }) => error,
    );

    expect(code).toBe('stuck');
    expect(message.split('\n')).toEqual([...said, why, arrow]);
  });
});

describe('a stack that cannot be read', () => {
  it.each([
    [
      'AccessDenied',
      'access-denied',
      /^AWS refuses cloudformation:DescribeStacks in eu-west-1; .*\n.*"cloudformation:GetTemplate","cloudformation:ListStackResources","rds:DescribeDBInstances","rds:DescribeEvents"/,
    ],
    ['ExpiredToken', 'expired-credentials', /log in again/],
    ['InvalidClientTokenId', 'no-credentials', /^AWS does not know these credentials/],
    ['Throttling', 'throttled', /^AWS still throttles cloudformation:DescribeStacks/],
  ])('says what to do about %s', async (answer, code, message) => {
    const { reading } = await read(() => xmlError(answer));

    await expect(reading).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('says what to do where nobody answers', async () => {
    const { cloudFormation } = clientsAt('http://127.0.0.1:1', 'eu-west-1');

    await expect(readStack(cloudFormation, { region: 'eu-west-1', stack: 'Store-shop' })).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(/check the name of the region and the network$/),
    });
  });
});
