import { outsideServices, templateOf } from '../support/stores';
import { statementsAllowing, textOf } from '../traps/trap';
import { handedLogIn, task, variable } from './template-parts';

const { payments, emailFrom, sentryDsn, protection } = outsideServices;
const services = ['Api', 'Worker'] as const;

const stripeKeys = [
  { Name: 'STRIPE_SECRET_KEY', ValueFrom: `${payments.stripeSecretArn}:secretKey::` },
  { Name: 'STRIPE_WEBHOOK_SECRET', ValueFrom: `${payments.stripeSecretArn}:webhookSecret::` },
];

const captchaKey = { Name: 'CAPTCHA_SECRET_KEY', ValueFrom: `${protection.captcha.secretArn}:secretKey::` };

const whole = templateOf('small', outsideServices);

describe('a store that takes payments', () => {
  test.each(services)('gives the %s both keys from the one secret', (start) => {
    expect(task(whole, start).main?.Secrets).toEqual([...stripeKeys, ...(start === 'Api' ? [captchaKey] : [])]);
  });

  test('lets the roles that start tasks read that secret, and nobody else', () => {
    const readers = statementsAllowing(whole, 'secretsmanager:GetSecretValue').filter(({ statement }) =>
      [statement.Resource].flat().includes(payments.stripeSecretArn),
    );
    expect(readers.map(({ id }) => id)).toEqual([
      expect.stringMatching(/^ApiTasksTaskExecutionRole/),
      expect.stringMatching(/^WorkerTasksTaskExecutionRole/),
    ]);
  });

  test('gives somebody’s own container the same keys beside its own', () => {
    const own = { API_KEY: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:own-AbCdEf' };
    const container = { image: 'ghcr.io/acme/api:1.0.0', secrets: own };
    const { main } = task(templateOf('small', { payments, emailFrom, sentryDsn, container }), 'Api');
    expect(main?.Secrets).toEqual([...handedLogIn, ...stripeKeys, { Name: 'API_KEY', ValueFrom: own.API_KEY }]);
    expect(variable(main, 'SENTRY_DSN')).toBe(sentryDsn);
    expect(variable(main, 'EMAIL_FROM')).toBeUndefined();
  });
});

test('a store with a captcha tells the API its provider and gives it the key, and the worker neither', () => {
  const [api, worker] = (['Api', 'Worker'] as const).map((start) => task(templateOf('small', { protection }), start).main);
  expect([variable(api, 'CAPTCHA_PROVIDER'), api?.Secrets]).toEqual(['turnstile', [captchaKey]]);
  expect(JSON.stringify(worker)).not.toContain('CAPTCHA');
});

describe('a store that sends e-mails', () => {
  test('tells the worker its sender, and nobody else', () => {
    expect(variable(task(whole, 'Worker').main, 'EMAIL_FROM')).toBe(emailFrom);
    expect(variable(task(whole, 'Api').main, 'EMAIL_FROM')).toBeUndefined();
  });

  test('lets the worker send as that address alone, by whichever identity covers it and with its configuration set', () => {
    const [sender, ...others] = statementsAllowing(whole, 'ses:SendEmail');
    expect(others).toEqual([]);
    expect(sender?.id).toMatch(/^WorkerTasksTaskTaskRole/);
    expect(sender?.statement.Condition).toEqual({ StringEquals: { 'ses:FromAddress': emailFrom } });
    expect([sender?.statement.Resource].flat().map(textOf)).toEqual([
      'arn:aws:ses:us-east-1:{}:configuration-set/*',
      'arn:aws:ses:us-east-1:{}:identity/example.com',
      'arn:aws:ses:us-east-1:{}:identity/orders@shop.example.com',
      'arn:aws:ses:us-east-1:{}:identity/shop.example.com',
    ]);
  });
});

test.each(services)('a store with a DSN reports errors of the %s', (start) => {
  expect(variable(task(whole, start).main, 'SENTRY_DSN')).toBe(sentryDsn);
});

test.each([
  ['payments', { payments }, ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET']],
  ['a sender', { emailFrom }, ['EMAIL_FROM']],
  ['a DSN', { sentryDsn }, ['SENTRY_DSN']],
])('a store with nothing but %s gets nothing of the others', (_, settings, names) => {
  const { main } = task(templateOf('small', settings), 'Worker');
  const all = [...(main?.Environment ?? []), ...(main?.Secrets ?? [])].map(({ Name }) => Name);
  expect(all.filter((name) => /^(STRIPE|EMAIL|SENTRY)_/.test(name))).toEqual(names);
});

test('neither of them adds a resource', () => {
  expect(Object.keys(whole.Resources)).toEqual(Object.keys(templateOf('small').Resources));
});
