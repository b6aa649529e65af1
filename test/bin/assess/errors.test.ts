import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { regionOfEnvironment } from '../../../bin/assess/io';
import { createClients } from '../../../services/assessor/clients';
import { type Answering, json, jsonError } from '../../services/assessor/aws-server';
import { shop } from '../../services/assessor/store-in-aws';
import { noAws, run, stack } from './run-assess';

describe('npm run assess of a stack that is not there', () => {
  const others = ['shop', 'shop-eu'].map((store) => ({ AlarmName: `${store}-response-time-warning` }));
  const region: Answering = ({ input }) => {
    const { AlarmNamePrefix: prefix = '' } = input as { AlarmNamePrefix?: string };
    return json({ MetricAlarms: others.filter(({ AlarmName }) => AlarmName.startsWith(prefix)) });
  };

  it.each([
    ['Store-shp', 'us-east-1 has no alarms of a stack Store-shp; us-east-1 has alarms of Store-shop, Store-shop-eu'],
    [
      'shop',
      '"shop" is not the name of a store\'s stack; store stacks are named Store-<store>; us-east-1 has alarms of Store-shop, Store-shop-eu',
    ],
  ])('names those that are, and the one that is meant: %s', async (name, message) => {
    expect(await run(region, ['--stack', name])).toMatchObject({
      code: 1,
      out: '',
      error: `${message}\n→ npm run assess -- --stack Store-shop --region us-east-1\n`,
    });
  });

  it('asks for region and account where there is no store at all', async () => {
    expect(await run(() => json({ MetricAlarms: [] }), stack)).toMatchObject({
      code: 1,
      error:
        'us-east-1 has no alarms of a stack Store-shop; us-east-1 has no alarms of any store: check the region (--region) and the account (AWS_PROFILE)\n',
    });
  });

  it('says what is wrong with the name even to whom nothing may be shown', async () => {
    expect(await run(() => jsonError('AccessDenied'), ['--stack', 'Shop!'])).toMatchObject({
      code: 1,
      error: '"Shop!" is not the name of a store\'s stack; store stacks are named Store-<store>\n',
    });
  });
});

describe('npm run assess that cannot ask', () => {
  it.each([
    [
      'who may not',
      jsonError('AccessDenied'),
      /^AWS refuses cloudwatch:DescribeAlarms in us-east-1; the caller's policy needs this statement:\n {2}\{"Effect":"Allow","Action":\[/,
    ],
    ['whose session has expired', jsonError('ExpiredToken'), /^The AWS credentials have expired; .*aws sso login$/m],
    ['whose key AWS does not know', jsonError('UnrecognizedClientException'), /^AWS does not know these credentials/],
  ])('tells somebody %s what to do, without a stack trace', async (_, answer, message) => {
    const { code, out, error } = await run(() => answer, stack);

    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toMatch(message);
    expect(error).not.toMatch(/^ +at /m);
  });

  it('tells somebody without credentials what to do', async () => {
    const none = Object.assign(new Error('Could not load credentials from any providers'), { name: 'CredentialsProviderError' });
    const clients = () =>
      createClients({ region: 'us-east-1', endpoint: 'http://127.0.0.1:1', credentials: () => Promise.reject(none) });

    expect(await run(shop(), stack, { clients })).toMatchObject({
      code: 1,
      error: expect.stringMatching(/^No AWS credentials were found; set AWS_PROFILE/),
    });
  });

  it('names a profile that there is not', async () => {
    process.env = { ...noAws, AWS_PROFILE: 'nope' };
    const unreachable = createClients({ region: 'us-east-1', endpoint: 'http://127.0.0.1:1' });

    expect(await run(shop(), stack, { clients: () => unreachable })).toMatchObject({
      code: 1,
      error:
        'No AWS credentials were found for the profile nope (AWS_PROFILE); compare it with: aws configure list-profiles; or log in, for example with: aws sso login --profile nope\n',
    });
  });

  it('logs in again to the profile whose session has expired', async () => {
    process.env = { ...noAws, AWS_PROFILE: 'shop-admin' };
    const { error } = await run(() => jsonError('ExpiredToken'), stack);

    expect(error).toMatch(/expired; .* aws sso login --profile shop-admin$/m);
  });

  it('asks for a region where nobody gives one', async () => {
    const clients = createClients({ region: 'us-east-1' });
    clients.cloudWatch.config.region = () => Promise.reject(new Error('Region is missing'));

    expect(await run(shop(), stack, { clients: () => clients })).toMatchObject({
      code: 1,
      error: 'No region is given: add --region, or set AWS_REGION\n',
    });
  });

  it('asks for a region where the clients cannot be made without', async () => {
    expect(await run(shop(), stack, { clients: () => createClients({ region: '' }) })).toMatchObject({
      code: 1,
      error: 'No region is given: add --region, or set AWS_REGION\n',
    });
  });

  it('asks for a region where the shell has empty ones, without a stack trace', () => {
    const empty = { ...noAws, AWS_REGION: '', AWS_DEFAULT_REGION: '' };
    const { status, stderr } = spawnSync(process.execPath, ['-r', './register.cjs', 'bin/assess.ts', ...stack], {
      cwd: join(__dirname, '../../..'),
      env: empty,
      encoding: 'utf8',
    });

    expect({ status, stderr }).toEqual({ status: 1, stderr: 'No region is given: add --region, or set AWS_REGION\n' });
  });

  it.each([
    [{ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'us-east-1' }, 'eu-west-1'],
    [{ AWS_REGION: '', AWS_DEFAULT_REGION: 'us-east-1' }, 'us-east-1'],
    [{ AWS_REGION: '', AWS_DEFAULT_REGION: '' }, undefined],
    [{}, undefined],
  ])('takes the region of the environment, where an empty one is none: %j', (environment, region) => {
    expect(regionOfEnvironment(environment)).toBe(region);
  });
});

describe('npm run assess with a wrong option', () => {
  it.each([
    ['no stack', [], /required option '--stack <name>' not specified/],
    ['no day', [...stack, '--days', '0'], /whole days from 1 to 63\. CloudWatch does not keep five-minute data longer/],
    ['more days than CloudWatch keeps', [...stack, '--days', '64'], /whole days from 1 to 63/],
    ['half a day', [...stack, '--days', '1.5'], /whole days from 1 to 63/],
    ['a region that is near', [...stack, '--region', 'us-est-1'], /Did you mean us-east-1\?/],
    ['a region that is nowhere', [...stack, '--region', 'moon'], /Allowed: an AWS commercial region/],
    ['an unknown option', [...stack, '--endpoint', 'x'], /unknown option '--endpoint'/],
  ])('names it in one line and asks nobody: %s', async (_, argv, message) => {
    const { code, out, error } = await run(() => jsonError('AccessDenied'), argv);

    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toMatch(message);
    expect(error.trim().split('\n')).toHaveLength(1);
  });
});
