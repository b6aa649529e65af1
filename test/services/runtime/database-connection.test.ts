import { X509Certificate } from 'node:crypto';
import type { ConnectionOptions } from 'node:tls';
import { databaseConnection, passwordConnection } from '../../../services/runtime/database-connection';

const login = {
  endpoint: { host: 'store.abc.eu-west-1.rds.amazonaws.com', port: 5432 },
  user: 'store_app',
  name: 'store',
  login: 'iam',
  region: 'eu-west-1',
} as const;

beforeEach(() => {
  process.env['AWS_ACCESS_KEY_ID'] = 'AKIDEXAMPLE';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'example';
});

describe('a connection to RDS', () => {
  it('logs in by a token for the role at the host, valid for 15 minutes', async () => {
    const { password } = databaseConnection(login);
    if (typeof password !== 'function') throw new Error('The password is not signed when it is needed');
    const token = new URL(`https://${await password()}`);
    expect(token.host).toBe('store.abc.eu-west-1.rds.amazonaws.com:5432');
    expect(Object.fromEntries(token.searchParams)).toMatchObject({
      Action: 'connect',
      DBUser: 'store_app',
      'X-Amz-Expires': '900',
      'X-Amz-Credential': expect.stringMatching(/\/eu-west-1\/rds-db\/aws4_request$/),
    });
  });

  it('verifies instances by the roots of RDS and proxies by the public roots of Amazon', () => {
    const { ca, rejectUnauthorized } = databaseConnection(login).ssl as ConnectionOptions;
    const subjects = (ca as string[]).map((pem) => new X509Certificate(pem).subject);
    expect(rejectUnauthorized).toBe(true);
    expect(subjects).toContainEqual(expect.stringContaining('CN=Amazon RDS eu-west-1 Root CA RSA2048 G1'));
    expect(subjects).toContainEqual(expect.stringContaining('CN=Amazon Root CA 1'));
  });

  it('has neither time limits nor settings of its own, which would pin it at a proxy', () => {
    expect(Object.keys(databaseConnection(login)).toSorted()).toEqual([
      'connectionTimeoutMillis',
      'database',
      'host',
      'keepAlive',
      'keepAliveInitialDelayMillis',
      'password',
      'port',
      'ssl',
      'user',
    ]);
  });

  it('keeps TLS when the master logs in by password', () => {
    const connection = passwordConnection({ ...login, user: 'master' }, 'hidden');
    expect(connection).toMatchObject({ user: 'master', password: 'hidden', ssl: { rejectUnauthorized: true } });
  });
});
