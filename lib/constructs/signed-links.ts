import { createHash } from 'node:crypto';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';

export interface SignedLinksProps {
  /** PEM of the public half; the private half never comes near the stack: the API gets it from its secret. */
  readonly publicKey: string;
}

/** CloudFront checks links to private files against the store's public key. */
export class SignedLinks extends Construct {
  readonly keyGroup: cloudfront.IKeyGroup;
  readonly keyId: string;

  constructor(scope: Construct, id: string, { publicKey }: SignedLinksProps) {
    super(scope, id);
    // A key cannot change in place: another one is another resource, and the group takes it over before the old one goes.
    const fingerprint = createHash('sha256').update(publicKey).digest('hex').slice(0, 8);
    const key = new cloudfront.PublicKey(this, `PublicKey-${fingerprint}`, { encodedKey: publicKey });
    this.keyGroup = new cloudfront.KeyGroup(this, 'KeyGroup', { items: [key] });
    this.keyId = key.publicKeyId;
  }
}
