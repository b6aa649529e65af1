import { setTimeout as pause } from 'node:timers/promises';
import type { ECSClient } from '@aws-sdk/client-ecs';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { passwordDays } from '../contract';
import type { PasswordVersion } from '../runtime/database-password';
import { describeError, type Logger } from '../runtime/logger';
import type { MigrationsEnvironment } from './environment';
import { asMaster } from './log-in';
import { mayRunOlder, restartIfOlder } from './restart';
import { currentPassword, openByPassword, secretOf, versionOf } from './role-log-ins';
import { currentUrls, promote, propose, putUrls, putUser } from './secret-versions';
import { inTransaction } from './transaction';
import { otherUser, setPassword } from './users';

export interface RotateProps {
  readonly environment: MigrationsEnvironment;
  readonly client: SecretsManagerClient;
  readonly ecs: ECSClient;
  readonly log: Logger;
  readonly now?: () => number;
  /** How often the proxy is tried, and the ms between: it reads a changed secret when it likes. */
  readonly proxyTries?: { readonly most: number; readonly pauseMs: number };
}

const dayMs = 86_400_000;

/** Two minutes: an assumption, since no document says how soon a proxy reads a secret again. */
const standardTries = { most: 24, pauseMs: 5_000 };

/**
 * Where the password of a role is old: gives the user whom nobody uses a new one, proves it, and only then makes it the one in use. What an earlier
 * run began is ended. Whichever step fails, the user that running and starting tasks know keeps its password.
 * @throws when a role keeps its user though its password is old; the others have theirs.
 */
export async function rotate(props: RotateProps): Promise<void> {
  const failed: string[] = [];
  for (const role of props.environment.passwordSecrets.keys()) {
    try {
      await rotateRole(props, role);
    } catch (error) {
      props.log.error('A password was not rotated', { role, ...describeError(error) });
      failed.push(role);
    }
  }
  if (failed.length > 0) throw new Error(`Not rotated: ${failed.join(', ')}`);
}

async function rotateRole(props: RotateProps, role: string): Promise<void> {
  const { environment, client, log, now = Date.now } = props;
  const secretId = secretOf(environment, role);
  const current = await currentPassword(client, secretId, role);
  await handOver(props, role, current);
  const pending = await versionOf(client, secretId, role, 'AWSPENDING');
  const begun = pending !== undefined && pending.id !== current.id;
  const days = ageInDays(current.createdAt, now());
  if (!begun && days < passwordDays) log.info('The password is young enough', { role, days: Math.floor(days) });
  else if (await otherMayBeUsed(props, role)) log.warn('Tasks may still use the other user; the next run tries again', { role });
  else {
    const next = begun ? pending : await propose(client, secretId, otherUser(role, current.username));
    await putUser(client, environment.userSecrets.get(next.username), next);
    await asMaster(environment, log, (master) => inTransaction(master, () => setPassword(master, role, next)));
    await prove(props, next);
    await promote(client, secretId, current.id, next.id);
    await handOver(props, role, next);
    log.info('The password has been rotated', { role, user: next.username, version: next.id });
  }
  await replaceTasks(props, role);
}

/** The proxy and the URLs that tasks are handed have the user in use, and where not, they get it. */
async function handOver({ environment, client }: RotateProps, role: string, user: Credentials): Promise<void> {
  await putUser(client, environment.userSecrets.get(user.username), user);
  await putUrls(client, environment.urlSecrets.get(role), user);
}

type Credentials = Pick<PasswordVersion, 'username' | 'password'>;

async function prove({ environment, log, proxyTries: { most, pauseMs } = standardTries }: RotateProps, user: Credentials) {
  const proof = await openByPassword(environment, user);
  if (proof === undefined) throw new Error(`${user.username} cannot log in by its new password`);
  await proof.end();
  const { proxy } = environment;
  if (proxy === undefined || !environment.userSecrets.has(user.username)) return;
  for (let tries = 0; tries < most; tries++) {
    if (tries > 0) await pause(pauseMs);
    const through = await openByPassword(environment, user, proxy).catch((error: unknown) => {
      log.warn('The proxy let nobody in', { user: user.username, ...describeError(error) });
      return undefined;
    });
    if (through === undefined) continue;
    await through.end();
    return;
  }
  throw new Error(`The proxy does not let ${user.username} in by its new password: nothing is switched`);
}

/** Until the tasks are replaced that an earlier rotation left, they use the user whose turn it is now. */
async function otherMayBeUsed(props: RotateProps, role: string): Promise<boolean> {
  for (const handed of await handedOf(props, role)) if (await mayRunOlder(handed)) return true;
  return false;
}

async function replaceTasks(props: RotateProps, role: string): Promise<void> {
  for (const handed of await handedOf(props, role)) await restartIfOlder({ ...handed, log: props.log });
}

async function handedOf({ environment, client, ecs }: RotateProps, role: string) {
  const secretId = environment.urlSecrets.get(role);
  if (secretId === undefined) return [];
  const { createdAt: since } = await currentUrls(client, secretId);
  return environment.handed.filter((handed) => handed.role === role).map((handed) => ({ client: ecs, handed, since }));
}

/** Of the oldest password in use, in days. */
export async function oldestPassword({
  environment: { passwordSecrets },
  client,
  now = Date.now,
}: Pick<RotateProps, 'environment' | 'client' | 'now'>): Promise<number> {
  const versions = await Promise.all([...passwordSecrets].map(([role, secretId]) => currentPassword(client, secretId, role)));
  return Math.max(...versions.map(({ createdAt }) => ageInDays(createdAt, now())));
}

const ageInDays = (createdAt: Date, now: number): number => (now - createdAt.getTime()) / dayMs;
