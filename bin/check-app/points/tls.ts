import { fails, holds, notSeen, type Point } from '../point';
import type { Run } from '../run';

export const tls: Point = {
  name: 'tls',
  look: async (run) => {
    const { database } = run.props.backends;
    if (database === undefined) return notSeen('no program asks for the database');
    await run.unheard();
    if (run.steps.length > 0 && (await run.listening()).length > 0) await run.exercised();
    const refused = await withoutTls(run);
    if (refused.length === 0) return holds('every connection to PostgreSQL was encrypted');
    const advice = 'RDS takes encrypted ones alone: keep ?sslmode=require of the URL, or set ssl in the options of the driver';
    return fails(`connections without TLS were refused (${refused.join(', ')}); ${advice}`);
  },
};

async function withoutTls(run: Run): Promise<readonly string[]> {
  const { database } = run.props.backends;
  const direct = (await database?.entries())?.some(({ text }) => /no pg_hba\.conf entry.*no encryption/.test(text)) ?? false;
  const pooled = /SSL required/.test(database?.pooler?.log() ?? '');
  return [...(pooled ? ['at the proxy'] : []), ...(direct ? ['at the database'] : [])];
}
