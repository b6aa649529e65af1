export const dynamic = 'force-dynamic';

/** Asks no other part: its outage would replace every task. */
export const GET = () => Response.json({ status: 'ok' });
