import { generateKeyPairSync } from 'node:crypto';

/** A public key as a store's owner would paste it; its private half is thrown away. */
export const { publicKey } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
