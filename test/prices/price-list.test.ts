import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { createPriceList } from '../../lib/prices/price-list';
import { type Answering, type AwsServer, json, jsonError, startAws } from '../services/assessor/aws-server';
import { flat } from './products';

const servers: AwsServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const keys = { accessKeyId: 'test', secretAccessKey: 'test' };
const noPause = new ConfiguredRetryStrategy(2, () => 0);

async function listFrom(answer: Answering) {
  const server = await startAws(answer);
  servers.push(server);
  return { server, priceList: createPriceList({ endpoint: server.url, credentials: keys, retryStrategy: noPause }) };
}

test('all pages of an answer are read, in us-east-1', async () => {
  const { server, priceList } = await listFrom(({ input }) =>
    input['NextToken'] === 'more'
      ? json({ PriceList: [flat('B', {}, '2')] })
      : json({ PriceList: [flat('A', {}, '1')], NextToken: 'more' }),
  );
  expect(await priceList('AmazonECS', { regionCode: 'eu-west-1' })).toEqual([flat('A', {}, '1'), flat('B', {}, '2')]);
  expect(server.requests.map(({ action, region }) => `${action} ${region}`)).toEqual([
    'GetProducts us-east-1',
    'GetProducts us-east-1',
  ]);
  expect(server.requests[0]?.input).toMatchObject({
    ServiceCode: 'AmazonECS',
    FormatVersion: 'aws_v1',
    Filters: [{ Type: 'TERM_MATCH', Field: 'regionCode', Value: 'eu-west-1' }],
  });
});

test.each([
  ['AccessDeniedException', 'access-denied', /pricing:GetProducts/],
  ['UnrecognizedClientException', 'no-credentials', /does not know these credentials/],
  ['ExpiredTokenException', 'expired-credentials', /log in again/],
  ['ThrottlingException', 'throttled', /try again/],
])('%s is one clear line', async (name, code, message) => {
  const { priceList } = await listFrom(() => jsonError(name));
  await expect(priceList('AmazonECS', {})).rejects.toThrow(
    expect.objectContaining({ name: 'PricesError', code, message: expect.stringMatching(message) }),
  );
});

test('no network is one clear line', async () => {
  const { server, priceList } = await listFrom(() => json({}));
  await server.stop();
  servers.pop();
  await expect(priceList('AmazonECS', {})).rejects.toThrow(
    expect.objectContaining({
      code: 'unreachable',
      message: expect.stringContaining('check the name of the region and the network'),
    }),
  );
});
