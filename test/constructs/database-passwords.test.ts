import { DatabasePasswords } from '../../lib/constructs/database-passwords';
import { aKey, allowed, aRole, propertiesOf, remembered, template, theirStack } from './parts';

const passwords = remembered(() => {
  const stack = theirStack();
  const part = new DatabasePasswords(stack, 'Passwords', { key: aKey(stack), roles: ['reader', 'writer'] });
  part.grantLogin(aRole(stack), 'reader');
  return template(stack);
});

test('Secrets Manager makes the passwords, encrypted with the given key: none stands in the template', () => {
  const secrets = propertiesOf(passwords(), 'AWS::SecretsManager::Secret');
  expect(secrets.map(({ GenerateSecretString }) => GenerateSecretString as unknown)).toEqual(
    ['reader', 'writer'].map((username) => ({
      SecretStringTemplate: JSON.stringify({ username }),
      GenerateStringKey: 'password',
      PasswordLength: 40,
      ExcludePunctuation: true,
    })),
  );
  for (const secret of secrets) {
    expect(secret).not.toHaveProperty('SecretString');
    expect(JSON.stringify(secret.KmsKeyId)).toContain('TheirKey');
  }
});

test('whoever may log in as a role may read the secret of that role alone', () => {
  const read = allowed(passwords(), 'TheirRole').filter(({ action }) => action === 'secretsmanager:GetSecretValue');
  expect(read.map(({ resource }) => resource)).toEqual([expect.stringContaining('Passwordsreader')]);
});

test('a role that has no secret is told by name', () => {
  const part = new DatabasePasswords(theirStack(), 'Passwords', { key: aKey(theirStack()), roles: [] });
  expect(() => part.arnOf('reader')).toThrow('No secret has been made for the role reader');
});

/** With a proxy, and with a program of somebody's own as the writer. */
const inTurn = remembered(() => {
  const stack = theirStack();
  const part = new DatabasePasswords(stack, 'Passwords', { key: aKey(stack), roles: ['reader', 'writer'] });
  part.ofUsers(['writer']);
  part.reachedAt({ url: 'proxy.example.com', directUrl: 'primary.example.com', readUrl: 'read.example.com' });
  const variables = Object.keys(part.variables('writer'));
  part.variables('reader');
  part.grantRotate(aRole(stack));
  return {
    variables,
    arn: stack.resolve(part.urlSecretArn('writer')) as unknown,
    rotation: stack.resolve(part.rotationVariables()) as Record<string, unknown>,
    from: template(stack),
  };
});

/** Values of secrets that are made of another's, as they stand in the template. */
const repeated = () =>
  propertiesOf(inTurn().from, 'AWS::SecretsManager::Secret').flatMap(({ SecretString }) =>
    SecretString === undefined ? [] : [JSON.stringify(SecretString)],
  );

test('each user of a role that goes through the proxy has a secret, which begins with the password of the role’s', () => {
  const [first, second, ...urls] = repeated();
  expect(urls).toHaveLength(2);
  for (const [secret, name] of [
    [first, 'writer'],
    [second, 'writer_b'],
  ]) {
    expect(secret).toContain(String.raw`\"username\":\"${name}\"`);
    expect(secret).toMatch(/\{\{resolve:secretsmanager:",\{"Ref":"Passwordswriter\w+"\},":SecretString:password::\}\}/);
  }
});

const reference = (field: string) => `{{resolve:secretsmanager:SECRET:SecretString:${field}::}}`;

test('URLs have user and password as references alone, and lead where they are told to', () => {
  const [urls = ''] = repeated().slice(2);
  const text = urls.replaceAll(/",\{"Ref":"Passwordswriter\w+"\},"/g, 'SECRET');
  for (const host of ['proxy', 'primary', 'read'])
    expect(text).toContain(
      `postgresql://${reference('username')}:${reference('password')}@${host}.example.com:5432/store?sslmode=require`,
    );
  expect(inTurn().arn).toEqual({ Ref: expect.stringMatching(/^Passwordswriterurls/) as string });
  expect(inTurn().variables).toEqual([
    'DATABASE_URL',
    'DATABASE_DIRECT_URL',
    'DATABASE_READ_URL',
    'DATABASE_USER',
    'DATABASE_PASSWORD',
  ]);
});

test('the rotation is told of every secret, and may write each; only the roles’ own change their stage', () => {
  const { rotation, from } = inTurn();
  expect(Object.keys(rotation)).toEqual(['DATABASE_PASSWORD_SECRETS', 'DATABASE_USER_SECRETS', 'DATABASE_URL_SECRETS']);
  const rights = allowed(from, 'TheirRole');
  const written = (action: string) => rights.filter((right) => right.action === `secretsmanager:${action}`).length;
  expect([written('PutSecretValue'), written('UpdateSecretVersionStage')]).toEqual([6, 2]);
});

test('URLs of a role that the proxy does not know lead to the primary alone', () => {
  const [urls = ''] = repeated().slice(3);
  expect(urls.match(/@\w+\.example/g)).toEqual(['@primary.example', '@primary.example', '@primary.example']);
});

test('URLs that lead nowhere are an error', () => {
  const part = new DatabasePasswords(theirStack(), 'Passwords', { key: aKey(theirStack()), roles: ['reader'] });
  expect(() => part.variables('reader')).toThrow('Say with reachedAt where the URLs of reader lead, first');
});
