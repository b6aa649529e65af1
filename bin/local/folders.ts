import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalPlaces } from './environment';

export interface LocalFolders {
  readonly logs: string;
  readonly primary: string;
  readonly standby: string;
  readonly cache: string;
  /** Of S3. */
  readonly objects: string;
  /** Payments of the stand-in for Stripe. */
  readonly stripeFile: string;
  /** Where everything listens, while it does. */
  readonly places: string;
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
    objects: join(folder, 'objects'),
    primary: join(folder, 'primary'),
    standby: join(folder, 'standby'),
    stripeFile: join(folder, 'stripe.json'),
    places: placesFile(folder),
    seeded: join(folder, 'seeded'),
  };
}

const placesFile = (folder: string): string => join(folder, 'places.json');

/** Where the store of this folder listens; undefined where none runs, or none that is ready. */
export function readPlaces(folder: string): LocalPlaces | undefined {
  try {
    return JSON.parse(readFileSync(placesFile(folder), 'utf8')) as LocalPlaces;
  } catch {
    return undefined;
  }
}
