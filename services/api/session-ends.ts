import type { Pool } from 'pg';

export interface SessionEnds {
  /**
   * The transaction that ended sessions of this user last, where it is not in `snapshot`, PostgreSQL's name for what a load has seen. Knows each
   * that was committed `everyMs` ago, and asks for those that came since.
   */
  after(userId: string, snapshot: string): Promise<string | undefined>;
  /** Forgets that it asked a moment ago: this task has just ended some. */
  expire(): void;
}

interface SessionEndsProps {
  readonly writer: Pool;
  /** ms, of a clock that never goes back. */
  readonly now?: () => number;
}

/** ms between two questions of a task, half of the second within which an end counts in every task. */
const everyMs = 500;

/** A snapshot in which no transaction is visible. */
const beforeAll = '1:1:';

/** Users in memory; beyond that all are forgotten and asked for again. */
const mostKnown = 10_000;

/** Asks nothing while nobody comes with a cached session, and one question for all who come at once. */
export function createSessionEnds({ writer, now = () => performance.now() }: SessionEndsProps): SessionEnds {
  const known = new Map<string, string>();
  let last: { readonly snapshot: string; readonly askedAt: number } | undefined;
  let asking: { readonly answer: Promise<void>; readonly askedAt: number } | undefined;

  const ask = async (askedAt: number): Promise<void> => {
    if (known.size > mostKnown) {
      known.clear();
      last = undefined;
    }
    const { rows } = await writer.query<{ snapshot: string; user_id: string | null; ended_by: string | null }>(
      `select pg_current_snapshot()::text as snapshot, user_id, ended_by::text
         from (select 1) as once left join session_ends
           on ended_by >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(ended_by, $1::pg_snapshot)`,
      [last?.snapshot ?? beforeAll],
    );
    for (const { user_id: userId, ended_by: endedBy } of rows)
      if (userId !== null && endedBy !== null) known.set(userId, endedBy);
    last = { snapshot: rows[0]?.snapshot ?? '', askedAt };
  };
  const upToDate = async (): Promise<void> => {
    const from = now() - everyMs;
    if (last !== undefined && last.askedAt > from) return;
    if (asking === undefined || asking.askedAt <= from) {
      const askedAt = now();
      const question = { answer: (asking?.answer ?? Promise.resolve()).catch(() => undefined).then(() => ask(askedAt)), askedAt };
      asking = question;
      const done = (): void => {
        if (asking === question) asking = undefined;
      };
      question.answer.then(done, done);
    }
    await asking.answer;
  };
  return {
    after: async (userId, snapshot) => {
      await upToDate();
      const endedBy = known.get(userId);
      return endedBy === undefined || isVisible(endedBy, snapshot) ? undefined : endedBy;
    },
    expire: () => {
      if (last !== undefined) last = { ...last, askedAt: -Infinity };
      asking = asking && { ...asking, askedAt: -Infinity };
    },
  };
}

/** As `pg_visible_in_snapshot`; a snapshot is `xmin:xmax:` and the transactions between that were under way. */
function isVisible(transaction: string, snapshot: string): boolean {
  const [least = '0', next = '0', underWay = ''] = snapshot.split(':');
  const id = BigInt(transaction);
  return id < BigInt(least) || (id < BigInt(next) && !underWay.split(',').includes(transaction));
}
