import { generateKeyPairSync } from 'node:crypto';

const pairOf = () =>
  generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

/** As a store's owner would paste it. */
export const { publicKey, privateKey } = pairOf();

/** Of another pair, whose private half is thrown away. */
export const { publicKey: otherPublicKey } = pairOf();
