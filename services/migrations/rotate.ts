import { randomBytes, randomUUID } from 'node:crypto';
import {
  PutSecretValueCommand,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { passwordDays } from '../contract';
import { readPassword } from '../runtime/database-password';
import { describeError, type Logger } from '../runtime/logger';
import type { MigrationsEnvironment } from './environment';
import { withMigrationLock } from './lock';
import { connectByPassword, currentPassword, openByPassword, secretOf } from './role-log-ins';
import { scramVerifier } from './scram-verifier';

export interface RotateProps {
  readonly environment: MigrationsEnvironment;
  readonly client: SecretsManagerClient;
  readonly log: Logger;
  readonly now?: () => number;
}

const dayMs = 86_400_000;

/**
 * Gives each role whose password is old a new one, and ends what an earlier run began. Whichever step fails, one of the secret's two versions
 * works, and services try both. Throws when a role keeps its password though it is old; the others have theirs.
 */
export async function rotate(props: RotateProps): Promise<void> {
  const roles = [...props.environment.passwordSecrets.keys()];
  const failed: string[] = [];
  for (const role of roles) {
    try {
      await rotateRole(props, role);
    } catch (error) {
      props.log.error('A password was not rotated', { role, ...describeError(error) });
      failed.push(role);
    }
  }
  if (failed.length > 0) throw new Error(`Not rotated: ${failed.join(', ')}`);
}

async function rotateRole({ environment, client, log, now = Date.now }: RotateProps, role: string): Promise<void> {
  const secretId = secretOf(environment, role);
  const current = await currentPassword(client, secretId);
  const pending = await readPassword(client, secretId, 'AWSPENDING');
  const begun = pending !== undefined && pending.id !== current.id;
  const days = ageInDays(current.createdAt, now());
  if (!begun && days < passwordDays) {
    log.info('The password is young enough', { role, days: Math.floor(days) });
    return;
  }
  const next = begun ? pending : await propose(client, secretId, current.username);
  const self = await connectByPassword(environment, client, role);
  if (self === undefined) throw new Error(`${role} cannot log in by any version of its secret`);
  try {
    await withMigrationLock(self, log, async () => {
      await self.query(`alter role ${role} password '${scramVerifier(next.password)}'`); // a role may change its own
      const proof = await openByPassword(environment, role, next.password);
      if (proof === undefined) throw new Error(`${role} cannot log in by its new password`);
      await proof.end();
      await client.send(
        new UpdateSecretVersionStageCommand({
          SecretId: secretId,
          VersionStage: 'AWSCURRENT',
          MoveToVersionId: next.id,
          RemoveFromVersionId: current.id,
        }),
      );
    });
  } finally {
    await self.end();
  }
  log.info('The password has been rotated', { role, version: next.id });
}

async function propose(
  client: SecretsManagerClient,
  secretId: string,
  username: string,
): Promise<{ id: string; password: string }> {
  const id = randomUUID();
  const password = randomBytes(32).toString('hex');
  const value = JSON.stringify({ username, password });
  const stages = { VersionStages: ['AWSPENDING'] };
  await client.send(new PutSecretValueCommand({ SecretId: secretId, ClientRequestToken: id, SecretString: value, ...stages }));
  return { id, password };
}

/** Of the oldest password in use, in days. */
export async function oldestPassword({ environment, client, now = Date.now }: Omit<RotateProps, 'log'>): Promise<number> {
  const secrets = [...environment.passwordSecrets.values()];
  const versions = await Promise.all(secrets.map((secretId) => currentPassword(client, secretId)));
  return Math.max(...versions.map(({ createdAt }) => ageInDays(createdAt, now())));
}

const ageInDays = (createdAt: Date, now: number): number => (now - createdAt.getTime()) / dayMs;
