import { dropProduct } from '../../bin/local/seed';
import { createApp } from '../../services/api/app';
import { createFileStore } from '../../services/api/file-store';
import { deleteObject } from '../../services/runtime/object-store';
import { deleteFiles } from '../../services/worker/delete-files';
import { setUp } from '../support/set-up';
import { type ApiOnParts, startApiOnParts } from './api/api-on-parts';
import { loadPage } from './front-end-code';
import { type LocalBucket, startLocalBucket } from './parts/local-bucket';

/** The code of docs/front-end.md, in something like a browser's page: its calls go to the API with the cookie, and all others to the network. */

interface Page {
  readonly uploadFile: (file: File, about: object) => Promise<{ readonly id: string; readonly status: string }>;
  readonly downloadFile: (id: string) => Promise<void>;
  readonly call: (path: string, options?: object) => Promise<object>;
  readonly checkOut: (seen: object, address?: object, more?: object) => Promise<PlacedOrder>;
  readonly changeAddress: (orderId: string, address: object) => Promise<object>;
}

interface PlacedOrder {
  readonly id: string;
  readonly number: string;
  readonly clientSecret: string;
  readonly deliveryAddress: object | null;
}

let api: ApiOnParts;
let local: LocalBucket;
let page: Page;
let opened: string[];
let loseNextAnswer = false;
setUp(async (started) => {
  [api, local] = await Promise.all([started.use(startApiOnParts()), started.use(startLocalBucket())]);
  await api.reset();
  const cookie = await api.logIn('customer');
  const app = createApp({ ...api.props, parts: { ...api.props.parts, files: createFileStore(local.bucket, undefined) } });
  const browserFetch = async (url: string, options: RequestInit = {}): Promise<Response> => {
    if (url.startsWith('/api/')) {
      if (options.credentials !== 'include') throw new Error('without the cookie');
      return app.request(url, { ...options, headers: { ...(options.headers as Record<string, string>), cookie } });
    }
    if (options.credentials === 'include') throw new Error('S3 allows no credentials');
    const response = await fetch(url, options);
    if (!loseNextAnswer) return response;
    loseNextAnswer = false;
    throw new TypeError('Failed to fetch');
  };
  const location = { assign: (url: string) => opened.push(url) };
  page = loadPage<Page>({ fetch: browserFetch, location }, ['uploadFile', 'downloadFile', 'call', 'checkOut', 'changeAddress']);
});
beforeEach(() => {
  opened = [];
});

const about = { project: 'kitchen', category: 'plans' };
const plan = new File(['a floor plan'], 'floor plan.pdf', { type: 'application/pdf' });

const address = { name: 'Ann', line1: 'High Street 1', postalCode: '0150', city: 'Oslo', countryCode: 'NO' };

test('an order is placed with an address, which is changed by the number that it got', async () => {
  await page.call(`/cart/items/${dropProduct.id}`, { method: 'PUT', body: { quantity: 1 } });
  const seen = await page.call('/cart');
  const key = crypto.randomUUID();
  await expect(page.checkOut(seen, { ...address, city: '', countryCode: 'XX' }, { key })).rejects.toMatchObject({
    message: 'invalid-request',
    errors: [{ path: 'deliveryAddress.city' }, { path: 'deliveryAddress.countryCode' }],
  });
  const order = await page.checkOut(seen, address, { key });
  expect(order).toMatchObject({ clientSecret: expect.any(String), deliveryAddress: address });
  expect(await page.checkOut(seen, undefined, { key })).toEqual(order);
  const elsewhere = { ...address, line1: 'Low Street 2' };
  await page.changeAddress(order.number, elsewhere);
  expect(await page.call(`/orders/${order.id}`)).toMatchObject({ deliveryAddress: elsewhere });
});

test('a file is uploaded, and downloaded as it was', async () => {
  const { id, status } = await page.uploadFile(plan, about);
  expect(status).toBe('ready');
  await page.downloadFile(id);
  const response = await fetch(opened[0] ?? '');
  expect(await response.text()).toBe('a floor plan');
  expect(response.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''floor%20plan.pdf");
  expect(response.headers.get('content-type')).toBe('application/pdf');
});

test('an upload whose answer was lost goes on with the same key', async () => {
  const key = crypto.randomUUID();
  loseNextAnswer = true;
  await expect(page.uploadFile(plan, { ...about, key })).rejects.toThrow('Failed to fetch');
  expect(await page.uploadFile(plan, { ...about, key })).toMatchObject({ status: 'ready' });
  expect(await page.uploadFile(plan, { ...about, key })).toMatchObject({ status: 'ready' });
});

test('what the API refuses is told by its code', async () => {
  await expect(page.uploadFile(new File(['x'], 'x.html', { type: 'text/html' }), about)).rejects.toThrow('invalid-request');
  await expect(page.downloadFile(crypto.randomUUID())).rejects.toThrow('not-found');
});

test('after it was deleted, the worker leaves neither object nor row, though its link is used again', async () => {
  const { id } = await page.uploadFile(plan, about);
  const { writer } = api.props.parts.database;
  await writer.query(`update files set status = 'deleted', remove_at = now() where id = $1`, [id]);
  const sweep = () =>
    deleteFiles(
      { writer, deleteObject: (key) => deleteObject(local.bucket, key), log: api.log.log },
      new AbortController().signal,
    );
  await sweep();
  await page.downloadFile(id).catch(() => undefined);
  expect(opened).toEqual([]);
  await writer.query(`update files set upload_ends_at = now() - interval '1 day', remove_at = now() where id = $1`, [id]);
  await sweep();
  expect((await writer.query('select from files where id = $1', [id])).rowCount).toBe(0);
});
