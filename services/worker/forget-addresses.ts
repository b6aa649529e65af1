import type { Pool } from 'pg';
import type { Logger } from '../runtime/logger';

/** Orders that one statement takes. */
const batch = 100;

/** Days after which an erased user's order is no reason any more to know where they live, also where nobody said that it arrived: an assumption. */
export const mostKeptDays = 180;

/** Takes the delivery address out of orders of erased users that have arrived, were cancelled or given back since then. */
export async function forgetAddresses(writer: Pool, log: Logger, signal: AbortSignal): Promise<void> {
  let all = 0;
  let forgotten = batch;
  while (forgotten === batch && !signal.aborted) {
    const { rows } = await writer.query<{ forgotten: number }>('select forget_addresses($1, $2) as forgotten', [
      batch,
      mostKeptDays,
    ]);
    forgotten = rows[0]?.forgotten ?? 0;
    all += forgotten;
  }
  if (all > 0) log.info('Forgot delivery addresses of erased users', { orders: all });
}
