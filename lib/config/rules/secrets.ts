import type { ResolvedSettings } from '../resolved-settings';
import { ownPrograms } from './app';
import { type Rule, regionOf } from './rule';

export const secretRules: readonly Rule[] = [
  ofTheRegion('secrets-of-the-region', 'app', (store) =>
    ownPrograms(store).flatMap(({ path, program }) =>
      Object.entries(program.secrets).map(([name, arn]): [string, string] => [`${path}.secrets.${name}`, arn]),
    ),
  ),
  ofTheRegion('stripe-secret-of-the-region', 'payments.stripeSecretArn', ({ payments }) =>
    payments ? [['payments.stripeSecretArn', payments.stripeSecretArn]] : [],
  ),
  ofTheRegion('signing-key-secret-of-the-region', 'files.signingKeySecretArn', ({ files }) =>
    files?.signingKeySecretArn === undefined ? [] : [['files.signingKeySecretArn', files.signingKeySecretArn]],
  ),
  {
    id: 'signing-key-has-both-halves',
    paths: ['files.signingKeySecretArn', 'files.signingPublicKey'],
    condition: ({ files }) => files?.signingKeySecretArn !== undefined && files.signingPublicKey === undefined,
    message: () => 'it is not allowed without files.signingPublicKey: CloudFront checks links by the public half',
    fix: () => ({ line: 'openssl rsa -pubout -in private-key.pem, then its text as files.signingPublicKey' }),
    hidden: true,
  },
  ofTheRegion('captcha-secret-of-the-region', 'protection.captcha.secretArn', ({ protection }) =>
    protection?.captcha ? [['protection.captcha.secretArn', protection.captcha.secretArn]] : [],
  ),
];

function ofTheRegion(
  id: string,
  path: string,
  secrets: (store: ResolvedSettings) => readonly (readonly [path: string, arn: string])[],
): Rule {
  return {
    id,
    paths: [path, 'region'],
    condition: (store) => secrets(store).flatMap(([at, arn]) => (regionOf(arn) === store.region ? [] : [at])),
    message: ({ region }) => `a secret in ${region} is required: a task must start even if another region is down`,
    fix: ({ region }) => ({
      line: `aws secretsmanager replicate-secret-to-regions --add-replica-regions Region=${region} --secret-id ..., then the replica's ARN`,
    }),
  };
}
