import { publicKey } from '../constructs/public-key';

const captcha = (region: string) => ({
  provider: 'turnstile',
  secretArn: `arn:aws:secretsmanager:${region}:111122223333:secret:captcha-AbCdEf`,
});

/** As `brokenRules`: of the firewall, the captcha and other origins. */
export const brokenEdgeRules: readonly (readonly [rule: string, settings: object, line: string])[] = [
  [
    'challenge-needs-firewall',
    { protection: { challenge: true }, firewall: { enabled: false } },
    'stores.acme.firewall.enabled is false; protection.challenge requires true: the challenge is a rule of the firewall → "enabled": true',
  ],
  [
    'challenge-needs-own-api',
    { protection: { challenge: true }, app: { api: { image: 'store:1.0.0' } } },
    'stores.acme.protection.challenge is true; only false is allowed beside an API of your own: the challenge knows the paths of the store\'s own API alone → "challenge": false',
  ],
  [
    'captcha-needs-own-api',
    { protection: { captcha: captcha('us-east-1') }, app: { api: { image: 'store:1.0.0' } } },
    "stores.acme.protection.captcha is given; it is not allowed beside an API of your own: the store's own API alone asks for the token → leave it out, and give your API the key by app.api.secrets",
  ],
  [
    'signing-key-secret-of-the-region',
    { files: { signingPublicKey: publicKey, signingKeySecretArn: captcha('eu-west-1').secretArn } },
    `stores.acme.files.signingKeySecretArn is "arn:aws:secretsmanager:eu-west-1:111122223333:secret:captcha-AbCdEf"; a secret in us-east-1 is required: a task must start even if another region is down → aws secretsmanager replicate-secret-to-regions --add-replica-regions Region=us-east-1 --secret-id ..., then the replica's ARN`,
  ],
  [
    'signing-key-has-both-halves',
    { files: { signingKeySecretArn: captcha('us-east-1').secretArn } },
    'stores.acme.files.signingKeySecretArn is given; it is not allowed without files.signingPublicKey: CloudFront checks links by the public half → openssl rsa -pubout -in private-key.pem, then its text as files.signingPublicKey',
  ],
  [
    'captcha-secret-of-the-region',
    { protection: { captcha: captcha('eu-west-1') } },
    `stores.acme.protection.captcha.secretArn is "arn:aws:secretsmanager:eu-west-1:111122223333:secret:captcha-AbCdEf"; a secret in us-east-1 is required: a task must start even if another region is down → aws secretsmanager replicate-secret-to-regions --add-replica-regions Region=us-east-1 --secret-id ..., then the replica's ARN`,
  ],
  [
    'rate-limits-of-own-api',
    { switchedOff: ['rate-limits', 'email'], app: { api: { image: 'store:1.0.0' } } },
    'stores.acme.switchedOff is ["rate-limits", "email"]; "rate-limits" is not allowed beside an API of your own: it has limits of its own → "switchedOff": ["email"]',
  ],
  [
    'cors-origins-https',
    { corsOrigins: ['https://www.example.com', 'http://localhost:3000'] },
    'stores.acme.corsOrigins[1] is "http://localhost:3000"; only https origins are allowed in production → leave it out; a store with "production": false may name it',
  ],
  [
    'upload-origins-https',
    { files: { uploadOrigins: ['https://shop.example.com', 'http://localhost:3000'] } },
    'stores.acme.files.uploadOrigins[1] is "http://localhost:3000"; only https origins are allowed in production → "https://localhost:3000"',
  ],
];
