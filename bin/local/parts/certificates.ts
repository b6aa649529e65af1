import { execFile } from 'node:child_process';
import { chown, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LocalError } from '../local-error';
import { postgresOwner } from './postgres-binaries';

export interface Certificates {
  /** File of the authority that has signed the other, in PEM: what a client trusts. */
  readonly authority: string;
  /** Files of a server's certificate and its key. PostgreSQL's user owns the key. */
  readonly certificate: string;
  readonly key: string;
}

const execute = promisify(execFile);
const newKey = ['-newkey', 'rsa:2048', '-nodes', '-sha256', '-days', '2'];

/**
 * A certificate for servers at these addresses, signed by an authority of its own that is gone in two days.
 * @throws {LocalError} where there is no openssl
 */
export async function makeCertificates(folder: string, addresses: readonly string[]): Promise<Certificates> {
  const file = (name: string): string => join(folder, name);
  const names = ['DNS:localhost', ...addresses.map((address) => `IP:${address}`)].join(',');
  await writeFile(file('server.ext'), `basicConstraints=CA:FALSE\nsubjectAltName=${names}\n`);
  await openssl('req', '-x509', ...newKey, '-subj', '/CN=check:app', '-keyout', file('ca.key'), '-out', file('ca.pem'));
  await openssl('req', '-new', ...newKey, '-subj', '/CN=localhost', '-keyout', file('server.key'), '-out', file('server.csr'));
  const signed = [
    '-CA',
    file('ca.pem'),
    '-CAkey',
    file('ca.key'),
    '-CAcreateserial',
    '-days',
    '2',
    '-extfile',
    file('server.ext'),
  ];
  await openssl('x509', '-req', '-in', file('server.csr'), ...signed, '-out', file('server.pem'));
  const owner = postgresOwner();
  if (owner !== undefined) await chown(file('server.key'), owner.uid, owner.gid);
  return { authority: file('ca.pem'), certificate: file('server.pem'), key: file('server.key') };
}

/** What a server in this process takes. */
export async function readCertificates({ certificate, key }: Certificates): Promise<{ cert: Buffer; key: Buffer }> {
  return { cert: await readFile(certificate), key: await readFile(key) };
}

async function openssl(...args: readonly string[]): Promise<void> {
  await execute('openssl', args).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new LocalError('openssl is missing: install it (apt-get install openssl)');
    throw error;
  });
}
