import { RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { ports } from '../../services/contract';
import type { CacheEngine } from '../config/store-config';
import { generatedPassword } from './generated-password';

/** Clients ask INFO before they call a connection ready. */
const accessString = 'on ~* &* +@all -@admin -@dangerous +info';

/** Users' names in construct paths, whose engine cannot change in place. */
export const engineNames: Readonly<Record<CacheEngine, string>> = { redis: 'Redis', valkey: 'Valkey' };

interface UserProps {
  readonly engine: CacheEngine;
  readonly userId: string;
}

/** Logs in by a token of IAM, which wants id and name to be equal. */
export function iamUser(scope: Construct, { engine, userId }: UserProps): elasticache.CfnUser {
  return new elasticache.CfnUser(scope, 'User', {
    engine,
    userId,
    userName: userId,
    authenticationMode: { Type: 'iam' },
    accessString,
  });
}

/** The user `default`, which an engine brings along and every group has to have, switched off. */
export function disabledDefaultUser(scope: Construct, { engine, userId }: UserProps): elasticache.CfnUser {
  return new elasticache.CfnUser(scope, 'DisabledDefaultUser', {
    engine,
    userId,
    userName: 'default',
    authenticationMode: { Type: 'no-password-required' },
    accessString: 'off ~keys* -@all +get',
  });
}

/** A user, the secret with the password, and its name. */
export interface PasswordUser {
  readonly user: elasticache.CfnUser;
  readonly name: string;
  readonly password: SecretValue;
}

/**
 * Logs in by a password that Secrets Manager generates; CloudFormation puts it where the template only refers to it, and looks at it
 * again only when it updates the user. Nothing is lost with the secret.
 */
export function passwordUser(scope: Construct, { engine, userId, key }: UserProps & { readonly key: kms.IKey }): PasswordUser {
  const secret = generatedPassword(scope, 'Password', {
    description: `Password of ${userId} in the cache`,
    username: userId,
    length: 40, // ElastiCache takes 16 to 128
    key,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const password = secret.secretValueFromJson('password');
  const user = new elasticache.CfnUser(scope, 'PasswordUser', {
    engine,
    userId,
    userName: userId,
    authenticationMode: { Type: 'password', Passwords: [password.unsafeUnwrap()] },
    accessString,
  });
  return { user, name: userId, password };
}

interface UrlProps {
  readonly user: PasswordUser;
  readonly host: string;
  readonly key: kms.IKey;
  readonly description: string;
}

/** A secret that is the URL with the password, `rediss://user:password@host:6379`; its password has no character that a URL escapes. */
export function urlSecret(scope: Construct, id: string, { user, host, key, description }: UrlProps): secretsmanager.ISecret {
  const url = `rediss://${user.name}:${user.password.unsafeUnwrap()}@${host}:${ports.redis}`;
  const secret = new secretsmanager.Secret(scope, id, {
    description,
    encryptionKey: key,
    secretStringValue: SecretValue.unsafePlainText(url), // the template has a reference in the password's place
    removalPolicy: RemovalPolicy.DESTROY,
  });
  return secret as secretsmanager.ISecret;
}
