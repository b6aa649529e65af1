import { deployedSmall, run } from './run-deploy';

const working = {
  DatabasePrimary: ['UPDATE_IN_PROGRESS', 'AWS::RDS::DBInstance', '2026-11-20T11:46:00Z'],
  Cdn: ['UPDATE_IN_PROGRESS', 'AWS::CloudFront::Distribution', '2026-11-20T11:58:00Z'],
  Cluster: ['UPDATE_COMPLETE', 'AWS::ECS::Cluster', '2026-11-20T11:59:00Z'],
  Alarm1: ['CREATE_IN_PROGRESS', 'AWS::CloudWatch::Alarm'],
  Alarm2: ['CREATE_IN_PROGRESS', 'AWS::CloudWatch::Alarm', '2026-11-20T11:59:30Z'],
} as const;

/** A deployment that ends when AWS has been asked for its resources twice. */
async function deployed(code: number, stack: Parameters<typeof deployedSmall>[0] = {}) {
  const asked = Promise.withResolvers<undefined>();
  let count = 0;
  const answer = deployedSmall(stack);
  const result = await run(
    (...request) => {
      if (request[0].action === 'ListStackResources' && (count += 1) === 2) asked.resolve(undefined);
      return answer(...request);
    },
    ['--tier', 'small', '--yes'],
    { watchEveryMs: 1, cdk: () => asked.promise.then(() => code) },
  );
  return result;
}

describe('a deployment that is under way', () => {
  it('tells at what CloudFormation is at work and since when, the longest first', async () => {
    const { code, error } = await deployed(0, { resources: working });

    expect(code).toBe(0);
    expect(error.split('\n')[0]).toBe(
      '0 min: at work on Alarm1 (AWS::CloudWatch::Alarm, since when is not known), DatabasePrimary (AWS::RDS::DBInstance, 14 min), ' +
        'Cdn (AWS::CloudFront::Distribution, 2 min) and 1 more',
    );
  });

  it('says nothing where nothing is being changed', async () => {
    expect(await deployed(0, { resources: { Cluster: 'UPDATE_COMPLETE' } })).toMatchObject({ code: 0, error: '' });
  });

  it('goes on where AWS does not tell', async () => {
    const asked = Promise.withResolvers<undefined>();
    const answer = deployedSmall();
    const result = await run(
      (...request) => {
        if (request[0].action !== 'ListStackResources') return answer(...request);
        asked.resolve(undefined);
        return {
          status: 403,
          body: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>',
        };
      },
      ['--tier', 'small', '--yes'],
      { watchEveryMs: 1, cdk: () => asked.promise.then(() => 0) },
    );

    expect(result).toMatchObject({ code: 0, error: '' });
  });

  it.each([130, 143])(
    'that is interrupted with code %s goes on without this terminal, and says how to follow it',
    async (interrupted) => {
      const { code, error } = await deployed(interrupted);

      expect(code).toBe(interrupted);
      expect(error).toContain('What CloudFormation has begun with Store-shop goes on without this terminal.');
      expect(error).toContain(
        '→ aws cloudformation describe-stack-events --stack-name Store-shop --region us-east-1 --max-items 20',
      );
    },
  );
});
