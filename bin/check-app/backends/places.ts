import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePort } from '../../local/parts/free-port';

/** Where a server is reached. */
export interface Place {
  readonly address: string;
  readonly port: number;
  /** As a variable has it: with a port only where it is not the usual one. */
  readonly text: string;
}

/**
 * Gives each server an address of its own, on which it has its usual port, as on AWS. Only Linux answers at all of 127/8: elsewhere all
 * are at one address, and the port says which it is.
 */
export function addressesOf(count: number): readonly string[] {
  if (process.platform !== 'linux') return Array.from({ length: count }, () => '127.0.0.1');
  const net = `127.${randomInt(1, 255)}.${randomInt(0, 256)}`;
  return Array.from({ length: count }, (_, index) => `${net}.${index + 1}`);
}

/** Somebody else may listen at every address. */
export async function placeAt(address: string, usual: number): Promise<Place> {
  const port = address !== '127.0.0.1' && (await isFreeAt(address, usual)) ? usual : await freePort();
  return { address, port, text: port === usual ? address : `${address}:${port}` };
}

async function isFreeAt(address: string, port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, address), 'listening');
  } catch {
    return false;
  }
  await once(server.close(), 'close');
  return true;
}
