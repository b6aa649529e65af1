import { randomBytes } from 'node:crypto';
import { databaseMasterUser, databaseName, databaseRoles, databaseUsers } from '../../../services/contract';
import type { PostgresServer } from '../../local/parts/postgres-process';

/** Which of the two users of a role is meant: a rotation takes the other. */
export type Turn = 'a' | 'b';

type Role = (typeof databaseRoles)[keyof typeof databaseRoles];

/** Who logs in as a role, and how. */
export interface LogIns {
  readonly byPassword: boolean;
  userOf(role: Role, turn: Turn): string;
  /** Empty where nobody asks for one. */
  passwordOf(user: string): string;
  /** Everybody, with passwords. */
  readonly users: ReadonlyMap<string, string>;
  /** Gives the other user of each role a password, as a rotation does; gives everybody. */
  rotate(): Promise<ReadonlyMap<string, string>>;
}

const turns: readonly Turn[] = ['a', 'b'];
const newPassword = (): string => randomBytes(24).toString('hex');

/** The roles of an app with their rights, in a database that is there; statements of their users stand in the log. */
export async function createRoles(server: PostgresServer, byPassword: boolean): Promise<LogIns> {
  const roles = Object.values(databaseRoles);
  const userOf = (role: Role, turn: Turn): string => databaseUsers(role)[byPassword && turn === 'b' ? 1 : 0];
  const users = new Map<string, string>();
  for (const role of roles) {
    await ensureRole(server, role);
    for (const user of new Set(turns.map((turn) => userOf(role, turn)))) {
      users.set(user, byPassword ? newPassword() : '');
      await server.sql(byPassword ? userSql(role, user, users.get(user) ?? '') : `grant rds_iam to ${role}`);
      await server.sql(`alter role ${user} set log_statement = 'all'`);
    }
  }
  await server.sql(rights, [], databaseName);
  return {
    byPassword,
    userOf,
    passwordOf: (user) => users.get(user) ?? '',
    users,
    rotate: async () => {
      for (const role of byPassword ? roles : []) {
        const user = userOf(role, 'b');
        users.set(user, newPassword());
        await server.sql(`alter role ${user} password '${users.get(user)}'`);
      }
      return users;
    },
  };
}

/** The store's migrations may have made it. */
async function ensureRole(server: PostgresServer, role: string): Promise<void> {
  const found = await server.sql('select from pg_roles where rolname = $1', [role]);
  if (found.length === 0) await server.sql(`create role ${role} login`);
  else await server.sql(`revoke rds_iam from ${role} granted by ${databaseMasterUser}`);
}

/** What it makes belongs to the role, whichever user is in use: the role itself, or a member of it. */
const userSql = (role: string, user: string, password: string): string =>
  user === role
    ? `alter role ${role} password '${password}'`
    : `create role ${user} login password '${password}' in role ${role}; alter role ${user} set role ${role}`;

const { app, worker, migrations } = databaseRoles;
const rights = `
  revoke all on database ${databaseName} from public;
  grant connect on database ${databaseName} to ${app}, ${worker};
  grant connect, create on database ${databaseName} to ${migrations};
  revoke all on schema public from public;
  grant usage on schema public to ${app}, ${worker};
  grant usage, create on schema public to ${migrations};
  alter default privileges for role ${migrations} in schema public
    grant select, insert, update, delete on tables to ${app}, ${worker};
  alter default privileges for role ${migrations} in schema public
    grant usage, select on sequences to ${app}, ${worker}`;
