import { createVerify, generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { linkKey, signCdnLink } from '../../../services/runtime/cdn-links';

const pem = ({ publicKey, privateKey }: KeyPairKeyObjectResult) => ({
  publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
});
const pairs = {
  RSA: pem(generateKeyPairSync('rsa', { modulusLength: 2048 })),
  ECDSA: pem(generateKeyPairSync('ec', { namedCurve: 'P-256' })),
};

describe.each(Object.entries(pairs))('a link by a key of %s', (_, { publicKey, privateKey }) => {
  const key = linkKey(privateKey);
  const sign = () => {
    if (!key) throw new Error('no key');
    return signCdnLink({ url: 'https://shop.example.com', keyId: 'K2JCJMDEHXQW5F', privateKey: key }, 'files/u/p/1.pdf', 3_600);
  };

  /** As CloudFront makes the policy of the URL anew and checks it by the public key. */
  const verified = (link: string): boolean => {
    const url = new URL(link);
    const policy = `{"Statement":[{"Resource":"${url.origin}${url.pathname}","Condition":{"DateLessThan":{"AWS:EpochTime":${url.searchParams.get('Expires')}}}}]}`;
    const signature = (/Signature=([^&]+)/.exec(link)?.[1] ?? '').replace(/-/g, '+').replace(/_/g, '=').replace(/~/g, '/');
    return createVerify('sha256').update(policy).verify(publicKey, signature, 'base64');
  };

  it('is verified by the public half', () => {
    const { url, expiresAt } = sign();
    expect(url).toMatch(
      /^https:\/\/shop\.example\.com\/files\/u\/p\/1\.pdf\?Expires=\d{10}&Signature=[\w~-]+&Key-Pair-Id=K2JCJMDEHXQW5F&Hash-Algorithm=SHA256$/,
    );
    expect(verified(url)).toBe(true);
    expect(new URL(url).searchParams.get('Expires')).toBe(String(expiresAt.getTime() / 1_000));
    expect(Math.abs(expiresAt.getTime() - Date.now() - 3_600_000)).toBeLessThan(60_000);
  });

  it('is for one path and one time', () => {
    const { url } = sign();
    expect(verified(url.replace('1.pdf', '2.pdf'))).toBe(false);
    expect(verified(url.replace(/Expires=(\d+)/, (__, time: string) => `Expires=${Number(time) + 1}`))).toBe(false);
  });
});

test.each([
  ['no key', 'secret'],
  ['a public key', pairs.RSA.publicKey],
  ['a key that is too long', pem(generateKeyPairSync('rsa', { modulusLength: 3072 })).privateKey],
  ['a key of another curve', pem(generateKeyPairSync('ec', { namedCurve: 'P-384' })).privateKey],
])('%s signs no link', (_, text) => {
  expect(linkKey(text)).toBeUndefined();
});
