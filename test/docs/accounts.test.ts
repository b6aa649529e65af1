import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { accountEmailTypes } from '../../services/accounts/account-emails';
import { problems } from '../../services/api/problem';
import { routes } from '../../services/api/routes';
import { accountPages } from '../../services/contract';
import type { ApiOnParts } from '../services/api/api-on-parts';
import { accounts } from '../services/api/routes/accounts';
import { setUp } from '../support/set-up';
import { shellBlocks, textOf } from './commands-in-documents';
import { serveApi } from './served-api';

const page = textOf('docs/accounts.md');
const [lines = []] = shellBlocks(page).map((block) => block.trim().split('\n'));
const calls = lines.filter((line) => line.startsWith('curl '));

let api: ApiOnParts;
let url: string;
let folder: string;
setUp(async (started) => {
  ({ api, url, folder } = await serveApi(started));
});

const { linkTo } = accounts(() => api);

/** The token of the e-mail that was noted last, as its reader has it. */
async function lastToken(): Promise<string> {
  const [row] = await api.store.query('select recipient from account_emails order by id desc limit 1');
  return linkTo(String(row?.['recipient']));
}

/** Status that a command of the page gets. */
async function statusOf(command: string, variables: Readonly<Record<string, string>>): Promise<string> {
  const script = `${command.replace(/ +# \d+$/, '')} -sS -o /dev/null -w '%{http_code}'`;
  const child = spawn('bash', ['-c', script], { env: { ...process.env, ...variables }, stdio: ['ignore', 'pipe', 'inherit'] });
  return text(child.stdout);
}

test('the commands of the page do what it says, one after the other', async () => {
  execFileSync('bash', ['-n'], { input: lines.join('\n') });
  const variables: Record<string, string> = {
    api: `${url}/api/v1`,
    json: 'content-type: application/json',
    jar: join(folder, 'jar'),
  };
  const statuses: string[] = [];
  for (const line of lines) {
    if (line === 'read -r token') variables['token'] = await lastToken();
    if (line.startsWith('curl ')) statuses.push(await statusOf(line, variables));
  }
  expect(statuses).toEqual(calls.map((line) => / # (\d+)$/.exec(line)?.[1]));
  expect(calls.length).toBeGreaterThan(10);
});

describe('the page', () => {
  const ofAccounts = routes.filter(
    ({ tag, path }) => tag === 'Account' || (tag === 'Session' && path.startsWith('/api/v1/auth/')),
  );
  const table = page.slice(page.indexOf('## What a front end calls'), page.indexOf('## Pages'));

  it.each(ofAccounts.map(({ method, path }) => [method.toUpperCase(), path.replace('/api/v1', '')]))(
    'has %s %s',
    (method, path) => {
      expect(table).toMatch(new RegExp(`^.*${method}\\b.*${path}\`.*$`, 'm'));
    },
  );

  it('has every problem that is these routes’ own', () => {
    const own = new Set(ofAccounts.flatMap((route) => route.problems ?? []).filter((code) => code !== 'wrong-credentials'));
    expect([...own].filter((code) => !page.includes(`${problems[code].status} \`${code}\``))).toEqual([]);
  });

  it.each([
    ...accountEmailTypes.map((type) => `| \`${type}\` |`),
    ...Object.values(accountPages).map((path) => `- \`${path}\`:`),
  ])('has %s', (line) => expect(page).toContain(line));
});
