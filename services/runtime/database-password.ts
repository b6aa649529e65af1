import { GetSecretValueCommand, ResourceNotFoundException, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { PoolConfig } from 'pg';
import * as z from 'zod';
import { type Connected, KeepingPool } from './keeping-pool';
import { describeError, type Logger } from './logger';

/** A version of the secret of a role of PostgreSQL. */
export interface PasswordVersion {
  readonly id: string;
  readonly username: string;
  readonly password: string;
  readonly createdAt: Date;
}

/** AWSPENDING: what a rotation has made; from the moment in which PostgreSQL knows it until Secrets Manager calls it current, the one that works. */
export type Stage = 'AWSCURRENT' | 'AWSPENDING';

const content = z.object({ username: z.string().min(1), password: z.string().min(1) });

/** ms and tries of a read that a connection waits for: assumptions. */
export const secretLimits = {
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  maxAttempts: 2,
} as const;

/** undefined where no version has the stage. No error has the value in it. */
export async function readPassword(
  client: SecretsManagerClient,
  secretId: string,
  stage: Stage,
): Promise<PasswordVersion | undefined> {
  try {
    const answer = await client.send(new GetSecretValueCommand({ SecretId: secretId, VersionStage: stage }));
    const found = content.safeParse(parseJson(answer.SecretString ?? ''));
    if (!found.success || answer.VersionId === undefined || answer.CreatedDate === undefined)
      throw new Error(`The secret ${secretId} is not JSON with a username and a password`);
    return { ...found.data, id: answer.VersionId, createdAt: answer.CreatedDate };
  } catch (error) {
    if (stage === 'AWSPENDING' && error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** JSON of a secret; undefined where it is none, since the parser's message quotes it. */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Who logs in as a role, and by which password. */
export type DatabaseUser = Pick<PasswordVersion, 'username' | 'password'>;

/** The user of one role, which every connection of the process shares. */
export interface DatabasePassword {
  /** Reads it when asked for the first time; a failure is not kept. */
  readonly current: () => Promise<DatabaseUser>;
  /** How often it has changed. */
  readonly changes: number;
  /** Told that a connection begun after so many changes was refused. Gives whether there is another user or password to try by now. */
  refused(changes: number): Promise<boolean>;
}

export function databasePassword(read: (stage: Stage) => Promise<PasswordVersion | undefined>, log: Logger): DatabasePassword {
  let known: Promise<DatabaseUser> | undefined;
  let changes = 0;
  let looking: Promise<boolean> | undefined;
  const current = (): Promise<DatabaseUser> => {
    known ??= read('AWSCURRENT').then((version) => version ?? { username: '', password: '' });
    known.catch(() => (known = undefined));
    return known;
  };
  const look = async (): Promise<boolean> => {
    const old = await current();
    for (const stage of ['AWSCURRENT', 'AWSPENDING'] as const) {
      const version = await read(stage);
      if (version === undefined || (version.password === old.password && version.username === old.username)) continue;
      known = Promise.resolve(version);
      changes += 1;
      log.info('The database password has changed', { stage, version: version.id });
      return true;
    }
    return false;
  };
  return {
    current,
    get changes() {
      return changes;
    },
    refused: async (since) => {
      if (since !== changes) return true; // another connection was faster
      looking ??= look().finally(() => (looking = undefined));
      try {
        return await looking;
      } catch (error) {
        log.warn('The secret with the database password cannot be read', describeError(error));
        return false;
      }
    },
  };
}

/** Class of SQLSTATE: PostgreSQL refuses a password by 28P01; what a proxy says to a user whom it does not know is not documented. */
const refusals = '28';

/** The current version and the pending one: a third refusal is for whoever asked. */
const mostRetries = 2;

/** A pool whose new connections survive a rotation: where PostgreSQL refuses the user of `secret`, they read it again. */
export class PasswordPool extends KeepingPool {
  constructor(
    config: PoolConfig,
    private readonly secret: DatabasePassword,
  ) {
    super(config);
  }

  protected override open(callback: Connected, retries = mostRetries): void {
    void this.secret.current().then(
      (user) => this.openAs(user, callback, retries),
      (error: Error) => callback(error, undefined, () => undefined),
    );
  }

  private openAs({ username: user, password }: DatabaseUser, callback: Connected, retries: number): void {
    const { changes } = this.secret;
    Object.assign(this.options, { user, password }); // for the clients that the pool makes from now on
    super.open((error, client, done) => {
      if (retries === 0 || !sqlState(error).startsWith(refusals)) callback(error, client, done);
      else
        void this.secret.refused(changes).then((another) => {
          if (another) this.open(callback, retries - 1);
          else callback(error, client, done);
        });
    });
  }
}

const sqlState = (error: Error | undefined): string => (error && 'code' in error ? String(error.code) : '');
