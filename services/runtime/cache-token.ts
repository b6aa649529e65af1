import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import { type Credentials, outlivingToken, tokenValidSeconds } from './signed-token';

export interface CacheTokenSettings {
  readonly user: string;
  readonly replicationGroup: string;
  readonly region: string;
}

/**
 * The password that ElastiCache takes from an IAM user: a presigned `connect` request without its scheme,
 * addressed to the replication group and signed for service `elasticache` (AWS: ElastiCache auth-iam).
 */
export async function signCacheToken(
  { user, replicationGroup, region }: CacheTokenSettings,
  credentials: Credentials = defaultProvider(),
  signingDate: Date = new Date(),
): Promise<string> {
  const signer = new SignatureV4({ service: 'elasticache', region, credentials: outlivingToken(credentials), sha256: Sha256 });
  const request = new HttpRequest({
    method: 'GET',
    hostname: replicationGroup,
    path: '/',
    query: { Action: 'connect', User: user },
    headers: { host: replicationGroup },
  });
  const { query } = await signer.presign(request, { expiresIn: tokenValidSeconds, signingDate });
  const parameters = Object.entries(query ?? {}).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return `${replicationGroup}/?${parameters.join('&')}`;
}
