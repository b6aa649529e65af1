import { randomBytes, randomUUID } from 'node:crypto';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { type PasswordVersion, parseJson, readPassword } from '../runtime/database-password';

type Credentials = Pick<PasswordVersion, 'username' | 'password'>;

/** A version that is pending: a new password for this user. */
export async function propose(
  client: SecretsManagerClient,
  secretId: string,
  username: string,
): Promise<Credentials & { readonly id: string }> {
  const id = randomUUID();
  const password = randomBytes(32).toString('hex');
  const value = JSON.stringify({ username, password });
  const stages = { VersionStages: ['AWSPENDING'] };
  await client.send(new PutSecretValueCommand({ SecretId: secretId, ClientRequestToken: id, SecretString: value, ...stages }));
  return { id, username, password };
}

/** Makes the pending version the current one. */
export async function promote(client: SecretsManagerClient, secretId: string, from: string, to: string): Promise<void> {
  await client.send(
    new UpdateSecretVersionStageCommand({
      SecretId: secretId,
      VersionStage: 'AWSCURRENT',
      MoveToVersionId: to,
      RemoveFromVersionId: from,
    }),
  );
}

/** Puts a user's password into the secret that the proxy reads, where it has another. */
export async function putUser(client: SecretsManagerClient, secretId: string | undefined, user: Credentials): Promise<void> {
  if (secretId === undefined) return;
  const has = await readPassword(client, secretId, 'AWSCURRENT');
  if (has?.username === user.username && has.password === user.password) return;
  const { username, password } = user;
  await client.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: JSON.stringify({ username, password }) }));
}

const urls = z.object({
  username: z.string(),
  password: z.string(),
  url: z.url(),
  directUrl: z.url(),
  readUrl: z.url(),
});

/** What tasks are handed when they start. No error has the value in it. */
export async function currentUrls(client: SecretsManagerClient, secretId: string) {
  const { SecretString = '', CreatedDate: createdAt } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  const found = urls.safeParse(parseJson(SecretString));
  if (!found.success || createdAt === undefined) throw new Error(`The secret ${secretId} is not JSON with a user and its URLs`);
  return { value: found.data, createdAt };
}

/** Puts a user and its password into the URLs, where they have others. */
export async function putUrls(client: SecretsManagerClient, secretId: string | undefined, user: Credentials): Promise<void> {
  if (secretId === undefined) return;
  const { username, password } = user;
  const { value } = await currentUrls(client, secretId);
  if (value.username === username && value.password === password) return;
  const [url, directUrl, readUrl] = [value.url, value.directUrl, value.readUrl].map((one) => withUser(one, user));
  const next = JSON.stringify({ username, password, url, directUrl, readUrl });
  await client.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: next }));
}

function withUser(text: string, { username, password }: Credentials): string {
  const url = new URL(text);
  url.username = username;
  url.password = password;
  return url.href;
}
