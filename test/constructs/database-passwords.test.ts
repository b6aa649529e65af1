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
