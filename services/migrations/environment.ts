import * as z from 'zod';
import { databaseRoles, localVariables, environment as names } from '../contract';
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
  /** Role to the ARN of the secret with its password; empty: all log in by IAM. */
  readonly passwordSecrets: ReadonlyMap<string, string>;
  /** Whose tasks a rotation replaces. @default - nobody is handed a password */
  readonly handed: HandedPassword | undefined;
  /** Where files of an import are. @default - none can be imported */
  readonly filesBucket: string | undefined;
  /** Only needed while a role is missing or cannot log in. */
  readonly master: { readonly username: string; readonly password: string } | undefined;
}

const masterSecret = text.transform((json, context) => {
  const secret = z.object({ username: z.string().min(1), password: z.string().min(1) }).safeParse(parseJson(json));
  if (secret.success) return secret.data;
  context.addIssue('is not JSON with a username and a password');
  return z.NEVER;
});

const role = z.enum(Object.values(databaseRoles), { error: 'is no role of the store' });

const passwordSecrets = z
  .string()
  .default('')
  .transform((list) => list.split(',').filter((entry) => entry !== ''))
  .pipe(
    z.array(
      z
        .string()
        .regex(/^[^=]+=[^=]+$/, 'is not a list of role=ARN')
        .transform((entry) => entry.split('=')),
    ),
  )
  .pipe(z.array(z.tuple([role, z.string()])));

const handed = text.regex(/^[^/]+\/[^/]+$/, 'is not cluster/service').transform((value): HandedPassword => {
  const [cluster = '', service = ''] = value.split('/');
  return { cluster, service };
});

const migrationsSchema = z.object({
  [names.store]: text.optional(),
  [names.region]: text,
  [names.databaseDirectHost]: postgresEndpoint,
  [names.databaseName]: text,
  [names.databaseUser]: role.optional(),
  [names.databasePasswordSecrets]: passwordSecrets,
  [names.passwordHandedTo]: handed.optional(),
  [names.filesBucket]: text.optional(),
  [names.databaseMasterSecret]: masterSecret.optional(),
  [localVariables.databaseLogin]: loginKind,
});

/** @throws {EnvironmentError} with every problem at once. */
export function readMigrationsEnvironment(variables: NodeJS.ProcessEnv = process.env): MigrationsEnvironment {
  const values = parse(migrationsSchema, variables);
  const direct = values.DATABASE_DIRECT_HOST;
  refuse(loopbackProblems(localVariables.databaseLogin, values.DATABASE_AUTH, [direct]));
  return {
    database: { direct, name: values.DATABASE_NAME, login: values.DATABASE_AUTH, region: values.AWS_REGION },
    store: values.STORE_NAME,
    user: values.DATABASE_USER,
    passwordSecrets: new Map(values.DATABASE_PASSWORD_SECRETS),
    handed: values.DATABASE_PASSWORD_HANDED_TO,
    filesBucket: values.FILES_BUCKET,
    master: values.DATABASE_MASTER_SECRET,
  };
}
