import * as z from 'zod';
import { databaseRoles, databaseUsers, localVariables, environment as names } from '../contract';
import { parseJson } from '../runtime/database-password';
import {
  type DatabaseSettings,
  type Endpoint,
  loginKind,
  loopbackProblems,
  parse,
  postgresEndpoint,
  refuse,
  text,
} from '../runtime/environment';
import type { HandedPassword } from './restart';

export interface MigrationsEnvironment {
  readonly database: Pick<DatabaseSettings, 'name' | 'login' | 'region'> & { readonly direct: Endpoint };
  /** For metrics. @default - none are written */
  readonly store: string | undefined;
  /** Role of the service whose task this is. @default - of all services */
  readonly user: string | undefined;
  /** Role to the ARN of the secret with the name and the password of its user in use; empty: all log in by IAM. */
  readonly passwordSecrets: ReadonlyMap<string, string>;
  /** Role to the ARN of the secret with the URLs that tasks are handed. */
  readonly urlSecrets: ReadonlyMap<string, string>;
  /** User to the ARN of the secret that the proxy reads. */
  readonly userSecrets: ReadonlyMap<string, string>;
  /** Whose tasks a rotation replaces. */
  readonly handed: readonly HandedPassword[];
  /** By which a rotation proves a password too. @default - there is no proxy */
  readonly proxy: Endpoint | undefined;
  /** Where files of an import are. @default - none can be imported */
  readonly filesBucket: string | undefined;
  /** Only needed while a role is missing or cannot log in, and by a rotation. */
  readonly master: { readonly username: string; readonly password: string } | undefined;
}

const masterSecret = text.transform((json, context) => {
  const secret = z.object({ username: z.string().min(1), password: z.string().min(1) }).safeParse(parseJson(json));
  if (secret.success) return secret.data;
  context.addIssue('is not JSON with a username and a password');
  return z.NEVER;
});

const roles = Object.values(databaseRoles);
const role = z.enum(roles, { error: 'is no role of the store' });

/** `key=value` with commas between. */
const listOf = <K extends string>(keys: readonly K[], whatKeysAre: string, value: z.ZodString, form: string) =>
  z
    .string()
    .default('')
    .transform((list) => list.split(',').filter((entry) => entry !== ''))
    .pipe(
      z.array(
        z
          .string()
          .regex(/^[^=]+=[^=]+$/, `is not a list of ${form}`)
          .transform((entry) => entry.split('=')),
      ),
    )
    .pipe(z.array(z.tuple([z.enum(keys, { error: `is no ${whatKeysAre} of the store` }), value])));

const secretsOfRoles = listOf(roles, 'role', z.string(), 'role=ARN');
const secretsOfUsers = listOf(roles.flatMap(databaseUsers), 'user', z.string(), 'user=ARN');

const service = z.string().regex(/^[^/]+\/[^/]+$/, 'is not a list of role=cluster/service');
const handed = listOf(roles, 'role', service, 'role=cluster/service').transform((list) =>
  list.map(([to, at]): HandedPassword => {
    const [cluster = '', name = ''] = at.split('/');
    return { role: to, cluster, service: name };
  }),
);

const migrationsSchema = z.object({
  [names.store]: text.optional(),
  [names.region]: text,
  [names.databaseDirectHost]: postgresEndpoint,
  [names.databaseName]: text,
  [names.databaseUser]: role.optional(),
  [names.databasePasswordSecrets]: secretsOfRoles,
  [names.databaseUrlSecrets]: secretsOfRoles,
  [names.databaseUserSecrets]: secretsOfUsers,
  [names.passwordHandedTo]: handed,
  [names.databaseHost]: postgresEndpoint.optional(),
  [names.filesBucket]: text.optional(),
  [names.databaseMasterSecret]: masterSecret.optional(),
  [localVariables.databaseLogin]: loginKind,
});

/** @throws {EnvironmentError} with every problem at once. */
export function readMigrationsEnvironment(variables: NodeJS.ProcessEnv = process.env): MigrationsEnvironment {
  const values = parse(migrationsSchema, variables);
  const { DATABASE_DIRECT_HOST: direct, DATABASE_HOST: proxy } = values;
  refuse(loopbackProblems(localVariables.databaseLogin, values.DATABASE_AUTH, proxy === undefined ? [direct] : [direct, proxy]));
  return {
    database: { direct, name: values.DATABASE_NAME, login: values.DATABASE_AUTH, region: values.AWS_REGION },
    store: values.STORE_NAME,
    user: values.DATABASE_USER,
    passwordSecrets: new Map(values.DATABASE_PASSWORD_SECRETS),
    urlSecrets: new Map(values.DATABASE_URL_SECRETS),
    userSecrets: new Map(values.DATABASE_USER_SECRETS),
    handed: values.DATABASE_PASSWORD_HANDED_TO,
    proxy,
    filesBucket: values.FILES_BUCKET,
    master: values.DATABASE_MASTER_SECRET,
  };
}
