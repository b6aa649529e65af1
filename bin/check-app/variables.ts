import { join } from 'node:path';
import { databaseName, environment, localVariables, queueNames, queueUrlVariable } from '../../services/contract';
import { buckets, region, webhookSecret } from '../local/environment';
import { LocalError } from '../local/local-error';
import { localSecretKey } from '../local/parts/sqs';
import type { Backends } from './backends';
import type { AppDatabase } from './backends/database';
import { roleOf } from './backends/database';
import type { Place } from './backends/places';
import type { Turn } from './backends/roles';
import type { Program } from './programs';

type Values = Readonly<Record<string, string>>;

export interface VariablesProps {
  readonly program: Program;
  readonly backends: Backends;
  readonly turn: Turn;
  readonly port: number;
  /** Where the API and the site are. */
  readonly apiUrl: string;
  readonly siteUrl: string;
  /** Values on this machine of what has none here: `variables` of the file. */
  readonly given: Values;
}

/**
 * What the program is started with: the variables of its task definition, each with its value on this machine, and what every program needs here.
 * @throws {LocalError} that names each variable without one
 */
export function variablesOf(props: VariablesProps): Values {
  const { program, given } = props;
  const local = localValues(props);
  const wanted = [...program.environment, ...program.secrets.map((name) => [name, undefined] as const)];
  const values = wanted.map(
    ([name, literal]) => [name, given[name] ?? (literal === '' ? '' : (local[name] ?? literal))] as const,
  );
  const missing = values.filter(([, value]) => value === undefined).map(([name]) => name);
  if (missing.length > 0) {
    const lines = missing.map((name) => `  ${name} of ${program.name} has no value on this machine`);
    const advice = `write "variables": { "${missing[0]}": "…" } into the file; a value of production does not belong there`;
    throw new LocalError([...lines, `  → ${advice}`].join('\n'));
  }
  return { ...inherited(), ...(Object.fromEntries(values) as Values), ...everywhere(props) };
}

/** What a process needs to be found at all. */
const inherited = (): Values => ({ PATH: process.env['PATH'] ?? '' });

/** No account of anybody is reached, and the servers' certificates are trusted as AWS's would be. */
function everywhere({ backends, port }: VariablesProps): Values {
  const { authority, awsEndpoint, sesUrl, stripeUrl, folder } = backends;
  return {
    [environment.region]: region,
    [environment.port]: String(port),
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: localSecretKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: awsEndpoint,
    AWS_ENDPOINT_URL_SESV2: sesUrl,
    [localVariables.stripeApi]: stripeUrl,
    NODE_EXTRA_CA_CERTS: authority,
    SSL_CERT_FILE: authority,
    PGSSLROOTCERT: authority,
    TMPDIR: writableFolder(folder, 'tmp'),
    HOME: writableFolder(folder, 'home'),
  };
}

function localValues({ backends, program, turn, apiUrl, siteUrl }: VariablesProps): Values {
  const { database, cache, jobsCache, queueUrls } = backends;
  return {
    ...(database && databaseValues(database, program.name, turn)),
    ...(cache && { [environment.cacheHost]: cache.place.text, [environment.redisUrl]: cache.url }),
    ...(jobsCache && { [environment.jobsRedisUrl]: jobsCache.url }),
    ...Object.fromEntries(queueNames.map((name) => [queueUrlVariable(name), queueUrls[name]])),
    [environment.cacheReplicationGroup]: 'local',
    [environment.filesBucket]: buckets.files,
    [environment.mediaBucket]: buckets.media,
    [environment.stripeSecretKey]: 'sk_test_local',
    [environment.stripeWebhookSecret]: webhookSecret,
    [environment.apiUrl]: apiUrl,
    [environment.siteUrl]: siteUrl,
    [environment.filesUrl]: apiUrl,
  };
}

function databaseValues({ logIns, host, direct, replica }: AppDatabase, program: string, turn: Turn): Values {
  const user = logIns.userOf(roleOf(program), turn);
  const password = logIns.passwordOf(user);
  const url = ({ address, port }: Place): string =>
    `postgresql://${user}:${password}@${address}:${port}/${databaseName}?sslmode=require`;
  return {
    [environment.databaseHost]: host.text,
    [environment.databaseDirectHost]: direct.text,
    [environment.databaseReaderHosts]: replica?.text ?? '',
    [environment.databaseName]: databaseName,
    [environment.databaseUser]: user,
    [environment.databasePassword]: password,
    [environment.databasePasswordSecret]: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:local', // no such call is answered here
    [environment.databaseUrl]: url(host),
    [environment.databaseDirectUrl]: url(direct),
    [environment.databaseReadUrl]: url(replica ?? host),
  };
}

/** What must never stand in a log. */
export const secretsOf = ({ database, cache, jobsCache }: Backends): readonly string[] =>
  [...(database?.logIns.users.values() ?? []), passwordIn(cache?.url), passwordIn(jobsCache?.url)].filter(
    (secret) => secret !== '',
  );

const passwordIn = (url = 'x://'): string => new URL(url).password;

/** Where programs may write, and are seen to do so. */
export const writableFolder = (folder: string, name: 'tmp' | 'home'): string => join(folder, name);
