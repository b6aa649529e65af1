import { signCacheToken } from '../../../services/runtime/cache-token';

const settings = { user: 'store-app', replicationGroup: 'store-cache', region: 'eu-west-1' };
const lasting = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example', sessionToken: 'session/with+signs=' };

describe('the token that logs in to ElastiCache', () => {
  it('is a connect request to the replication group, without a scheme, for 15 minutes', async () => {
    const token = await signCacheToken(settings, async () => lasting, new Date('2026-01-02T03:04:05Z'));
    expect(token.startsWith('store-cache/?')).toBe(true);
    expect(Object.fromEntries(new URL(`https://${token}`).searchParams)).toEqual({
      Action: 'connect',
      User: 'store-app',
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIDEXAMPLE/20260102/eu-west-1/elasticache/aws4_request',
      'X-Amz-Date': '20260102T030405Z',
      'X-Amz-Expires': '900',
      'X-Amz-Security-Token': 'session/with+signs=',
      'X-Amz-Signature': expect.stringMatching(/^[0-9a-f]{64}$/),
      'X-Amz-SignedHeaders': 'host',
    });
  });

  it('is signed by renewed credentials when those at hand end before it does', async () => {
    const credentials = jest.fn(async (properties?: { forceRefresh?: boolean }) =>
      properties?.forceRefresh === true
        ? { ...lasting, accessKeyId: 'RENEWED' }
        : { ...lasting, expiration: new Date(Date.now() + 5 * 60 * 1000) },
    );
    expect(await signCacheToken(settings, credentials)).toContain('X-Amz-Credential=RENEWED%2F');
  });
});
