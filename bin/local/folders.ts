import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface LocalFolders {
  readonly logs: string;
  readonly primary: string;
  readonly standby: string;
  readonly cache: string;
  /** Payments of the stand-in for Stripe. */
  readonly stripeFile: string;
  /** There once the seed is whole. */
  readonly seeded: string;
}

/** What lies where in the folder of the local store; `fresh` starts over. The lock stays: it is ours. */
export function localFolders(folder: string, fresh: boolean): LocalFolders {
  for (const name of fresh ? readdirSync(folder) : []) {
    if (name !== 'lock') rmSync(join(folder, name), { recursive: true, force: true });
  }
  for (const name of ['logs', 'cache']) mkdirSync(join(folder, name), { recursive: true });
  return {
    logs: join(folder, 'logs'),
    cache: join(folder, 'cache'),
    primary: join(folder, 'primary'),
    standby: join(folder, 'standby'),
    stripeFile: join(folder, 'stripe.json'),
    seeded: join(folder, 'seeded'),
  };
}
