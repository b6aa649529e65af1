import * as z from 'zod';
import { localVariables, environment as names } from '../contract';
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

export interface MigrationsEnvironment {
  readonly database: Pick<DatabaseSettings, 'name' | 'login' | 'region'> & { readonly direct: Endpoint };
  /** Only needed while a role is missing. */
  readonly master: { readonly username: string; readonly password: string } | undefined;
}

const masterSecret = text.transform((json, context) => {
  const secret = z.object({ username: z.string().min(1), password: z.string().min(1) }).safeParse(parseJson(json));
  if (secret.success) return secret.data;
  context.addIssue('is not JSON with a username and a password');
  return z.NEVER;
});

const migrationsSchema = z.object({
  [names.region]: text,
  [names.databaseDirectHost]: postgresEndpoint,
  [names.databaseName]: text,
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
    master: values.DATABASE_MASTER_SECRET,
  };
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // the parser's message quotes the secret
  }
}
