import type { defaultProvider } from '@aws-sdk/credential-provider-node';

export type Credentials = ReturnType<typeof defaultProvider>;

/** IAM tokens of RDS and of ElastiCache are good for 15 minutes (AWS: IAM database authentication, ElastiCache auth-iam). */
export const tokenValidSeconds = 15 * 60;

/** Ours are used for ten, so that none ends between being handed over and being checked. */
export const tokenReuseMs = 10 * 60 * 1000;

/**
 * Signs once and hands the same token to everybody until it is `tokenReuseMs` old; a failure is not kept.
 * Keeps log-ins cheap: RDS accepts about 200 new IAM connections a second, and each needs a token.
 */
export function reuseToken(sign: () => Promise<string>, now: () => number = Date.now): () => Promise<string> {
  let current: { readonly token: Promise<string>; readonly until: number } | undefined;
  return () => {
    if (current !== undefined && now() < current.until) return current.token;
    const token = sign();
    const mine = { token, until: now() + tokenReuseMs };
    current = mine;
    token.catch(() => {
      if (current === mine) current = undefined;
    });
    return token;
  };
}

/** A token ends with the credentials that signed it, so those about to end are renewed first. */
export function outlivingToken(credentials: Credentials): Credentials {
  return async (properties) => {
    const current = await credentials(properties);
    const endsIn = current.expiration === undefined ? Infinity : current.expiration.getTime() - Date.now();
    return endsIn > tokenValidSeconds * 1000 ? current : credentials({ ...properties, forceRefresh: true });
  };
}
