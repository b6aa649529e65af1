import { passthroughOptions } from '../../../bin/deploy/passthrough-options';

describe('options that are passed on to cdk deploy', () => {
  it.each([
    [['--verbose', '--concurrency', '2'], {}],
    [['--context', 'imageUri=repository/image:1'], { imageUri: 'repository/image:1' }],
    [['--context=@aws-cdk/core:flag=a=b'], { '@aws-cdk/core:flag': 'a=b' }],
    [['-c', 'imageUri=x', '-cother=y'], { imageUri: 'x', other: 'y' }],
    [['--method', 'direct'], {}],
    [[], {}],
  ])('go as they are, and their context is compared too: %j', (cdkOptions, context) => {
    expect(passthroughOptions(cdkOptions)).toEqual({ cdkOptions, context });
  });

  it.each([
    [['--context', 'tier=large'], '--context tier cannot be passed on: write --tier before the second --'],
    [['-c', 'store=other'], '--context store cannot be passed on: write --store before the second --'],
    [['--context=changeTier=small:large'], '--context changeTier cannot be passed on: write --change-tier before the second --'],
    [['--context', 'stores={}'], '--context stores cannot be passed on: stores are read from cdk.json'],
    [['--profile', 'admin'], '--profile cannot be passed on: set AWS_PROFILE, which this command reads too'],
    [['--profile=admin'], '--profile cannot be passed on: set AWS_PROFILE, which this command reads too'],
    [['-a', 'other'], '-a cannot be passed on: this command compares and deploys the store of this folder'],
    [['--app=cdk.out'], '--app cannot be passed on: this command compares and deploys the store of this folder'],
    [['--hotswap-fallback'], '--hotswap-fallback cannot be passed on: it bypasses CloudFormation; leave it out'],
    ...[['--tags', 'team=x'], ['-t', 'team=x'], ['-tteam=x'], ['--tags=team=x']].map((given): [string[], string] => [
      given,
      `${given[0]?.startsWith('--') ? '--tags' : '-t'} cannot be passed on: CloudFormation puts tags of a stack on all that it holds, and a VPC origin in use refuses new ones, ` +
        'so the deployment is rolled back; write "tags": { "team": "shop" } beside the store’s "region"',
    ]),
    [['--watch'], '--watch cannot be passed on: it deploys again without asking; leave it out'],
    [
      ['-m', 'execute-change-set'],
      '--method cannot be passed on: it deploys a change set that was not compared; use npx cdk deploy',
    ],
  ])('are refused where they would deploy what was not compared: %j', (cdkOptions, problem) => {
    expect(passthroughOptions(cdkOptions)).toEqual({ problem });
  });
});
