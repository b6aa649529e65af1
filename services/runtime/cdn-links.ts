import { createPrivateKey, createSign, type KeyObject } from 'node:crypto';
import type { SignedLink } from './object-store';

/** By which CloudFront lets a viewer read what it serves to nobody else. */
export interface CdnLinkSettings {
  /** Where objects are served: origin and no path, since an object's key is its path. */
  readonly url: string;
  /** CloudFront's id of the public key. */
  readonly keyId: string;
  readonly privateKey: KeyObject;
}

/** Of PEM; undefined for what is no key with which CloudFront's links are signed: RSA of 2048 bits, ECDSA P-256. */
export function linkKey(pem: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem);
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
    const fits = type === 'rsa' ? details?.modulusLength === 2_048 : type === 'ec' && details?.namedCurve === 'prime256v1';
    return fits ? key : undefined;
  } catch {
    return undefined; // OpenSSL refuses what is no key
  }
}

/**
 * A signed URL with a canned policy, hashed by SHA-256. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-canned-policy.html,
 * and for both kinds of keys and the hash .../private-content-linux-openssl.html (both read 2026-11-29).
 */
export function signCdnLink({ url, keyId, privateKey }: CdnLinkSettings, key: string, seconds: number): SignedLink {
  const resource = `${url}/${key}`;
  const expires = Math.floor(Date.now() / 1_000) + seconds;
  const policy = JSON.stringify({
    Statement: [{ Resource: resource, Condition: { DateLessThan: { 'AWS:EpochTime': expires } } }],
  });
  const signature = createSign('sha256')
    .update(policy)
    .sign(privateKey, 'base64')
    .replace(/[+=/]/g, (sign) => inUrls[sign] ?? '');
  return {
    url: `${resource}?Expires=${expires}&Signature=${signature}&Key-Pair-Id=${keyId}&Hash-Algorithm=SHA256`,
    expiresAt: new Date(expires * 1_000),
  };
}

/** What CloudFront writes for the characters of Base64 that a query must not have. */
const inUrls: Readonly<Record<string, string>> = { '+': '-', '=': '_', '/': '~' };
