import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import { tokenValidSeconds } from './signed-token';

export interface CacheTokenSettings {
  readonly user: string;
  readonly replicationGroup: string;
  readonly region: string;
}

type Credentials = ReturnType<typeof defaultProvider>;

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

/** A token ends with the credentials that signed it, so those about to end are renewed first. */
function outlivingToken(credentials: Credentials): Credentials {
  return async (properties) => {
    const current = await credentials(properties);
    const endsIn = current.expiration === undefined ? Infinity : current.expiration.getTime() - Date.now();
    return endsIn > tokenValidSeconds * 1000 ? current : credentials({ ...properties, forceRefresh: true });
  };
}
