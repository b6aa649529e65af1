import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { main } from '../../../bin/local';
import { lockFolder } from '../../../bin/local/lock';
import { dropProduct, seededUsers } from '../../../bin/local/seed';
import { eventually } from '../../services/parts/eventually';
import { png } from '../../services/pictures/originals';
import { setUp, stoppedAfterEach } from '../../support/set-up';

const started = stoppedAfterEach();

let folder: string;
setUp(async (things) => {
  folder = mkdtempSync(join(tmpdir(), 'store-local-'));
  things.defer(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755); // where root runs the tests, PostgreSQL is somebody else
});

/** In this process; for what ends before anything is started. */
async function run(...argv: string[]) {
  let [out, error] = ['', ''];
  const code = await main(['--folder', join(folder, 'unused'), ...argv], {
    write: (text) => (out += text),
    writeError: (text) => (error += text),
    seconds: () => 0,
    untilStopped: () => Promise.reject(new Error('It was not meant to run')),
  });
  return { code, out, error };
}

describe('npm run local', () => {
  it('explains itself, with examples', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(out).toContain('npm run local -- --fresh --port 9000');
  });

  it.each(['http', '0', '65536', '80.5'])('refuses the port %s', async (port) => {
    const { code, error } = await run('--port', port);
    expect([code, error]).toEqual([1, expect.stringContaining('Allowed: a port from 1 to 65535.')]);
  });

  it.each(['*', 'http://localhost:5173/', 'http://127.0.0.1:5173', 'localhost:5173'])('refuses the origin %s', async (origin) => {
    const { code, error } = await run('--cors-origin', 'http://localhost:5173', origin);
    expect([code, error]).toEqual([1, expect.stringContaining('Allowed: http://localhost with a port')]);
  });

  it('says in one line that the port it was given is in use', async () => {
    const server = createServer();
    started.defer(() => server.close());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, error } = await run('--port', String(port));
    expect([code, error]).toEqual([
      1,
      `Port ${port} is in use; choose another one, or leave --port out to use the next free one\n`,
    ]);
  });

  it('says in one line that it runs already, and touches nothing of it', async () => {
    const store = join(folder, 'locked');
    lockFolder(store);
    writeFileSync(join(store, 'data'), 'kept');
    const { code, error } = await run('--fresh', '--folder', store);
    expect([code, error]).toEqual([
      1,
      expect.stringMatching(/^The store is already running \(process \d+\); stop it with Ctrl-C .*\n$/),
    ]);
    expect(readFileSync(join(store, 'data'), 'utf8')).toBe('kept');
  });
});

interface LocalProcess {
  readonly child: ChildProcess;
  readonly exit: Promise<number | null>;
  output(): string;
  /** The first of the output that matches, as soon as it is there. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
}

const root = join(__dirname, '../../..');

/** As npm starts it. */
function start(store = 'store'): LocalProcess {
  const command = ['-r', './register.cjs', 'bin/local.ts', '--folder', join(folder, store)];
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  started.defer(() => child.kill('SIGKILL'));
  const written = new EventEmitter();
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      written.emit('text');
    });
  }
  const exit = once(child, 'close').then(([code]) => {
    written.emit('text');
    return code as number | null;
  });
  return {
    child,
    exit,
    output: () => output,
    said: async (pattern) => {
      for (;;) {
        const found = pattern.exec(output);
        if (found) return found;
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`It never said ${String(pattern)}:\n${output}`);
        await once(written, 'text');
      }
    },
  };
}

/** Command lines by process: of the children of one process, and of whatever has to do with the test's folder. */
function processes(parent: number | undefined): ReadonlyMap<number, string> {
  const all = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const ours = all.filter((line) => line.includes(folder) || line.trim().split(/\s+/)[1] === String(parent));
  return new Map(ours.map((line) => [Number.parseInt(line, 10), line]));
}

/** Those that ran, and whatever else has to do with the folder. */
async function untilNoneRuns(ran: ReadonlyMap<number, string>): Promise<void> {
  while (processes(undefined).size > 0 || [...ran.keys()].some(isRunning)) await pause(10);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** As one of the users of the seed. */
async function asUser(url: string, { email, password }: Record<'email' | 'password', string> = seededUsers.customer) {
  const session = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email, password }) };
  const cookie = (await fetch(`${url}/api/v1/auth/session`, session)).headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return async (path: string, method = 'GET', body?: object, headers: object = {}): Promise<never> => {
    const json = body && { body: JSON.stringify(body) };
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { cookie, 'content-type': 'application/json', ...headers },
      ...json,
    });
    return (await response.json()) as never;
  };
}

/** @returns its id */
async function uploadTo(url: string, text: string): Promise<string> {
  const call = await asUser(url);
  const about = { name: 'a.txt', project: 'p', category: 'c', contentType: 'text/plain', bytes: text.length };
  const key = { 'idempotency-key': randomUUID() };
  const begun: { file: { id: string }; upload: { url: string; headers: Record<string, string> } } = await call(
    '/files',
    'POST',
    about,
    key,
  );
  await fetch(begun.upload.url, { method: 'PUT', headers: begun.upload.headers, body: text });
  const confirmed: { status: string } = await call(`/files/${begun.file.id}/confirmation`, 'PUT');
  expect(confirmed.status).toBe('ready');
  return begun.file.id;
}

async function downloadFrom(url: string, id: string): Promise<string> {
  const link: { url: string } = await (await asUser(url))(`/files/${id}/download`);
  return (await fetch(link.url)).text();
}

/** The bytes of a picture's AVIF, as a page of the operator's would get them: uploaded, encoded by the worker, and read in a product. */
async function servedPicture(url: string, mediaUrl: string): Promise<string> {
  const call = await asUser(url, seededUsers.admin);
  const original = png(4, 3);
  const about = { contentType: 'image/png', bytes: original.length, alt: 'A shoe' };
  const begun: { picture: { id: string }; upload: { url: string; headers: Record<string, string> } } = await call(
    `/products/${dropProduct.id}/pictures`,
    'POST',
    about,
    { 'idempotency-key': randomUUID() },
  );
  await fetch(begun.upload.url, { method: 'PUT', headers: begun.upload.headers, body: original });
  await call(`/products/${dropProduct.id}/pictures/${begun.picture.id}/confirmation`, 'PUT');
  for (;;) {
    const { picture }: { picture: { alt: string; sources: { images: { path: string }[] }[] } | null } = await call(
      `/products/${dropProduct.id}`,
    );
    if (picture) return (await fetch(`${mediaUrl}${picture.sources[0]?.images[0]?.path}`)).text();
    await pause(100);
  }
}

/** ms, of tests that start the whole store. */
const limitMs = 120_000;

describe('the store on this machine', () => {
  let fileId: string;

  it(
    'serves, lets nobody else in, stops in order at Ctrl-C and leaves no process',
    async () => {
      const first = start();
      const [, url = ''] = await first.said(/API +(http:\S+)/);
      await eventually(
        'the API has reached all that it stands on',
        async () => (await fetch(`${url}/health/ready`)).status === 200,
      );
      expect(first.output()).toContain('Seeded');
      const [, emails = ''] = await first.said(/E-mails +(http:\S+)/);
      expect(await (await fetch(emails)).text()).toContain('None was sent yet.');

      fileId = await uploadTo(url, 'kept on disk');
      const [, mediaUrl = ''] = await first.said(/Pictures +(http:\S+)/);
      expect(await servedPicture(url, mediaUrl)).toContain('ftypavif');

      const [, stripe = ''] = await first.said(/Stripe +(http:\S+)/);
      const shop = spawn(process.execPath, [join(root, 'examples/build-a-shop.mjs'), url, stripe, emails]);
      const [built, wrong] = await Promise.all([textOf(shop.stdout), textOf(shop.stderr)]);
      expect(wrong).toBe('');
      expect(built).toContain('It has a picture (A brown hat): image/avif 400 800 900, image/webp 400 800 900');
      expect(built).toContain('ann reviewed it: 5 of 5, by 1');
      expect(built).toMatch(
        /Today: .*"orders":2,.*"revenueMinor":9310,"discountMinor":490,"refundedMinor":4900.*"paid":1,.*"refunded":1/,
      );

      const second = start();
      expect([await second.exit, second.output()]).toEqual([1, expect.stringContaining(`process ${first.child.pid}`)]);

      const ran = processes(first.child.pid);
      expect(ran.size).toBeGreaterThan(5);
      first.child.kill('SIGINT');
      expect(await first.exit).toBe(0);
      await untilNoneRuns(ran);
      expect(existsSync(join(folder, 'store', 'lock'))).toBe(false);
    },
    limitMs,
  );

  it(
    'has its data when it is started again, says when the API ends, with its last lines, and stops',
    async () => {
      const local = start();
      await local.said(/Ctrl-C stops/);
      const [, url = ''] = await local.said(/API +(http:\S+)/);
      expect(local.output()).not.toContain('Seeded');
      expect(await downloadFrom(url, fileId)).toBe('kept on disk');
      const ran = processes(local.child.pid);
      const [api] = [...ran].find(([, command]) => command.endsWith('/api.js')) ?? [];
      if (api === undefined) throw new Error('The API does not run'); // to kill process 0 would end the tests
      process.kill(api, 'SIGKILL');
      expect(await local.exit).toBe(1);
      expect(local.output()).toMatch(/The API ended \(killed\):\n.*Listening/);
      await untilNoneRuns(ran);
    },
    limitMs,
  );

  it(
    'ends everything at once when it is told to before it is ready',
    async () => {
      const local = start('new'); // whose replica and seed are still to come when PostgreSQL runs
      await local.said(/PostgreSQL is running/);
      const ran = processes(local.child.pid);
      local.child.kill('SIGINT');
      expect(await local.exit).toBe(130);
      await untilNoneRuns(ran);
      expect(local.output()).not.toContain('Ready');
    },
    limitMs,
  );
});
