import { pinningSource } from '../../../lib/facts/proxy-pinning';
import { databaseRoles } from '../../../services/contract';
import { howToGetPgbouncer } from '../../local/parts/pgbouncer';
import { fails, holds, notSeen, type Point } from '../point';
import { badStatements, hasPerTransaction } from '../statements';

export const pooler: Point = {
  name: 'pooler',
  needs: 'steps',
  look: async (run) => {
    const { database } = run.props.backends;
    if (database === undefined) return notSeen('no program asks for the database');
    if (!run.props.app.proxy) return notSeen('this size has no proxy in front of the database; look with --tier medium');
    if (database.pooler === undefined) return notSeen(howToGetPgbouncer);
    await run.exercised();
    const turns = ['a', 'b'] as const;
    const users = new Set(
      [databaseRoles.app, databaseRoles.worker].flatMap((role) => turns.map((turn) => database.logIns.userOf(role, turn))),
    );
    const entries = (await database.entries()).filter(({ host, user }) => host === '[local]' && users.has(user));
    const bad = badStatements(entries);
    if (bad.length > 0) {
      const lines = bad.map(
        ({ what, statement, user, instead }) => `${what} of ${user}: ${statement.slice(0, 120)} → ${instead}`,
      );
      return fails(
        `RDS Proxy keeps a connection for one client after it, and a pooler gives it to others: ${lines.join('; ')} (${pinningSource})`,
      );
    }
    const note = hasPerTransaction(entries)
      ? ' (some are for one transaction: they break nothing; whether RDS Proxy pins, AWS does not say)'
      : '';
    return holds(`${entries.length} lines of the log of statements, none of which keeps a connection${note}`);
  },
};
