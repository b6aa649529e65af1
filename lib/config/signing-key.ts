import { createPublicKey } from 'node:crypto';

/** A public key that CloudFront verifies signed links with: RSA of 2048 bits or ECDSA P-256, in PEM. */
export function isSigningKey(pem: string): boolean {
  if (!pem.startsWith('-----BEGIN PUBLIC KEY-----')) return false;
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey(pem);
    if (asymmetricKeyType === 'rsa') return asymmetricKeyDetails?.modulusLength === 2048;
    return asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false; // OpenSSL refuses what is no key
  }
}
