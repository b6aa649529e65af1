import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { localFolders } from '../../../bin/local/folders';
import { startLocalStore } from '../../../bin/local/local-store';
import { freePort } from '../../../bin/local/parts/free-port';
import { seededUsers } from '../../../bin/local/seed';
import { sessionCookie } from '../../../services/api/sessions';
import { viewerAddressHeader } from '../../../services/contract';

/** Calls every operation of a real store's OpenAPI document with valid, odd and broken input: `npm run test:schema`. */

const project = join(__dirname, '../../..');
const tools = join(project, '.build/python');
const program = join(tools, 'bin/schemathesis');

async function main(): Promise<number> {
  if (!existsSync(program)) {
    console.error(
      `Schemathesis is missing: python3 -m pip install --target .build/python schemathesis (.ci/run has the version)`,
    );
    return 1;
  }
  // Not in the temporary folder: PostgreSQL's user must get there.
  const folder = join(project, '.build', `schemathesis-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    const apiPort = await freePort();
    const folders = localFolders(folder, false);
    const store = await startLocalStore({ folders, apiPort, write: () => undefined, step: () => undefined });
    try {
      const url = `http://127.0.0.1:${apiPort}`;
      return await runAgainst(url, await variables(url));
    } finally {
      await store.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The stand-in for Stripe lives in this process, which must not wait standing still. */
async function runAgainst(url: string, env: NodeJS.ProcessEnv): Promise<number> {
  const args = ['--config-file', join(__dirname, 'schemathesis.toml'), 'run', `${url}/api/v1/openapi.json`, '--no-color'];
  const run = spawn(program, args, { cwd: __dirname, env: { ...process.env, ...env }, stdio: 'inherit' });
  const [code] = (await once(run, 'close')) as [number | null];
  return code ?? 1;
}

/** What hooks.py and schemathesis.toml read. */
async function variables(url: string): Promise<NodeJS.ProcessEnv> {
  const customer = await logIn(url, 'customer');
  const productId = await firstOf(url, 'products?limit=1');
  return {
    PYTHONPATH: tools,
    PYTHONDONTWRITEBYTECODE: '1',
    VIEWER_ADDRESS_HEADER: viewerAddressHeader,
    SESSION_COOKIE: sessionCookie,
    CUSTOMER_SESSION: customer,
    SESSION_TO_END: await logIn(url, 'customer'),
    ADMIN_SESSION: await logIn(url, 'admin'),
    PRODUCT_ID: productId,
    WRITTEN_PRODUCT_ID: await firstOf(url, 'products?limit=1&sort=price'),
    BRAND_ID: await firstOf(url, 'brands'),
    CATEGORY_ID: await firstOf(url, 'categories'),
    ORDER_ID: await placeOrder(url, customer, productId),
  };
}

async function firstOf(url: string, path: string): Promise<string> {
  const { items } = (await (await fetch(`${url}/api/v1/${path}`)).json()) as { items: { id: string }[] };
  return items[0]?.id ?? '';
}

async function logIn(url: string, user: keyof typeof seededUsers): Promise<string> {
  const { email, password } = seededUsers[user];
  const response = await fetch(`${url}/api/v1/auth/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const [cookie = ''] = response.headers.getSetCookie();
  return cookie.slice(sessionCookie.length + 1).split(';')[0] ?? '';
}

async function placeOrder(url: string, session: string, productId: string): Promise<string> {
  const cookie = `${sessionCookie}=${session}`;
  const json = { cookie, 'content-type': 'application/json' };
  const reserved = await fetch(`${url}/api/v1/cart/items/${productId}`, { method: 'PUT', headers: json, body: '{"quantity":1}' });
  const { unitPrice } = (await reserved.json()) as { unitPrice: { amountMinor: number } };
  const ordered = await fetch(`${url}/api/v1/orders`, {
    method: 'POST',
    headers: { ...json, 'idempotency-key': randomUUID() },
    body: JSON.stringify({ expectedTotalMinor: unitPrice.amountMinor }),
  });
  return ((await ordered.json()) as { id: string }).id;
}

void main().then((code) => process.exit(code));
