import { SignedLinks } from '../../lib/constructs/signed-links';
import { only, template, theirStack } from './parts';
import { publicKey } from './public-key';

test('links are checked against the one key, whose id the services sign with', () => {
  const stack = theirStack();
  const { keyId } = new SignedLinks(stack, 'SignedLinks', { publicKey });
  const signingKey = stack.resolve(keyId) as unknown;
  const from = template(stack);
  const key = only(from, 'AWS::CloudFront::PublicKey');
  expect(key.Properties.PublicKeyConfig.EncodedKey).toBe(publicKey);
  expect(only(from, 'AWS::CloudFront::KeyGroup').Properties.KeyGroupConfig.Items).toEqual([{ Ref: key.id }]);
  expect(signingKey).toEqual({ Ref: key.id });
});
