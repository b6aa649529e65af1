import { setTimeout as pause } from 'node:timers/promises';
import { database } from '../../../database';

export const dynamic = 'force-dynamic';

/** For the check: a request that is under way when the task is stopped, and asks the database after that. */
export async function GET() {
  await pause(1_000);
  return Response.json({ products: await database().product.count() });
}
