import type { PreflightRow } from '../../lib/preflight/check';
import type { LocalTools } from '../../lib/preflight/local-tools';
import { preflight } from '../../lib/preflight/preflight';
import { type Answering, type AwsServer, startAws } from '../services/assessor/aws-server';
import { storeConfig, templateOf } from '../support/stores';
import { nameServers } from './account-answers';
import { type AccountInAws, account, clientsAt } from './account-in-aws';

type Settings = Readonly<Record<string, unknown>>;

const now = new Date('2026-11-20T12:00:00Z');
/** A machine that builds images, and a zone that is delegated. */
const here: LocalTools = { nameServers: () => Promise.resolve(nameServers), docker: () => Promise.resolve(undefined) };
const servers: AwsServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

/** Asks a small store's questions of AWS as `answering` plays it. @param template @default - the small store's without settings */
export async function ask(
  answering: Answering,
  settings: Settings = {},
  template = templateOf('small'),
  tools: Partial<LocalTools> = {},
) {
  const server = await startAws(answering);
  servers.push(server);
  const config = storeConfig('small', settings);
  return { server, rows: await preflight(clientsAt(server.url, { ...here, ...tools }), { config, template, now }) };
}

/** Rows as lines: `fails zones: … → …`. */
export async function lines(has: AccountInAws, settings?: Settings, tools?: Partial<LocalTools>): Promise<readonly string[]> {
  return (await ask(account(has), settings, undefined, tools)).rows.map(lineOf);
}

export const lineOf = ({ title, verdict, text, fix }: PreflightRow): string =>
  [`${verdict} ${title}: ${text}`, ...fix].join(' → ');
