import { expect, expectWith } from './commands';
import type { Emulator } from './emulator';
import { shellUnder } from './page';
import { image } from './stack';
import { writeSettings } from './store-folder';

const preflight = 'npm run --silent preflight -- --tier small';
const page = 'docs/first-deployment.md';

const certificate = (region: string) => `arn:aws:acm:${region}:000000000000:certificate/11111111-1111-4111-8111-111111111111`;
const secret = (region: string) => `arn:aws:secretsmanager:${region}:000000000000:secret:shop/stripe-AbCdEf`;

/** What is seen before anything is built: each mistake is refused by name, and what the text says to do ends it. */
export async function beforeDeployment(emulator: Emulator, step: (text: string) => void): Promise<object> {
  const domain = { name: 'shop.example.com', hostedZoneId: 'Z0123456789ABCDEFGHIJ', hostedZoneName: 'example.com' };

  step('A certificate and a secret of another region: refused, before AWS is asked');
  writeSettings({
    domain: { ...domain, cdnCertificateArn: certificate('eu-west-1') },
    payments: { stripeSecretArn: secret('eu-west-1') },
  });
  const [request = ''] = /aws acm request-certificate [^,]+/.exec(
    await expect(preflight, emulator, 1, 'domain.cdnCertificateArn', 'a secret in us-east-1 is required'),
  ) ?? [''];

  step('Neither is in the account; quota, zone and class are refused; no bootstrap: npm run deploy builds nothing');
  emulator.trouble({ quotas: { 'L-3032A538': 0.25 }, zones: { 'us-east-1a': 'use1-az3' }, classes: { 'db.t4g.micro': '' } });
  writeSettings({
    domain: { ...domain, cdnCertificateArn: certificate('us-east-1') },
    payments: { stripeSecretArn: secret('us-east-1') },
    zones: ['us-east-1a', 'us-east-1b'],
  });
  await expect(
    'npm run deploy -- --tier small --yes',
    emulator,
    3,
    /CDK bootstrap +fails/,
    'npx cdk bootstrap --context tier=small',
    /fails +Fargate vCPU on demand: a quota of 0\.25/,
    /fails +us-east-1a \(use1-az3\) has no VPC origins/,
    '"zones": ["us-east-1b","us-east-1c"]',
    /database class +fails +RDS does not offer db\.t4g\.micro/,
    /certificates +fails/,
    /secrets +fails/,
    'Blocked: nothing was deployed.',
  );

  step('What the documents and these lines say to do');
  const [arn, stripe] = await Promise.all([
    expect(`${request} --query CertificateArn --output text`, emulator, 0),
    expectWith(
      '{ "secretKey": "rk_live_1", "webhookSecret": "whsec_1" }\n',
      shellUnder('docs/payments-and-email.md', 'Payments'),
      emulator,
    ),
    expect(shellUnder(page, 'Ask for quotas'), emulator, 0, 'PENDING'),
    expect(shellUnder(page, 'Choose the zones'), emulator, 0, /us-east-1a\s+use1-az3/),
    expect(shellUnder(page, 'Bootstrap account and region'), emulator, 0, 'bootstrapped'),
  ]);
  emulator.trouble({ quotas: { 'L-3032A538': 46 }, zones: { 'us-east-1a': 'use1-az3' }, classes: { 'db.t4g.micro': '' } });

  step('Then everything holds; who answers for the zone of the domain is asked of the Internet, and left out here');
  const right = {
    payments: { stripeSecretArn: stripe.trim() },
    zones: ['us-east-1b', 'us-east-1c'],
    database: { instanceClass: 'db.t4g.small' },
    servicesImage: image('1'),
  };
  writeSettings({ ...right, domain: { ...domain, cdnCertificateArn: arn.trim() } });
  await expect(`${preflight} || true`, emulator, 0, /certificates +holds/);
  writeSettings(right);
  await expect(preflight, emulator, 0, 'Everything that was asked holds.');
  emulator.trouble({});
  return { payments: right.payments };
}
