import * as z from 'zod';
import { list, text } from './schemas';
import { secretArn } from './secret-arn';
import { isSigningKey } from './signing-key';

/** Access to the bucket of customers' files. */
export const files = z
  .strictObject({
    signingPublicKey: text(
      'a public key in PEM, RSA of 2048 bits or ECDSA P-256, is allowed',
      '-----BEGIN PUBLIC KEY-----\n...\n-----END PUBLIC KEY-----\n',
      isSigningKey,
      { hidden: true },
    ).describe('CloudFront serves private files under /files to links that the private half of this key signed'),
    signingKeySecretArn: secretArn.describe(
      'the complete ARN of the secret whose whole value is the private half in PEM: by it the API signs download links; without it S3 does',
    ),
    uploadOrigins: list(
      text(
        'an origin, without a path, is allowed',
        'https://shop.example.com',
        /^https?:\/\/(\*\.)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:\d{1,5})?$/,
      ),
      { from: 1, to: 20, what: 'origins', example: ['https://shop.example.com'] },
    ).describe('sites that may upload to the bucket of files from a browser'),
  })
  .exactPartial();
