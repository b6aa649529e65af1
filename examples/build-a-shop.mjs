// Builds a shop by the API alone: an operator makes a brand, a category and a product, which customers buy in a drop, are shipped, review and, one of
// them, are refunded; then the day's figures are read. With `npm run local` running: node examples/build-a-shop.mjs http://127.0.0.1:8080 STRIPE EMAILS
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { crc32, deflateSync } from 'node:zlib';

const [api, stripe, emails] = process.argv.slice(2);
const operatorLogIn = {
  email: process.env.OPERATOR_EMAIL ?? 'admin@example.com',
  password: process.env.OPERATOR_PASSWORD ?? 'admin-looks-on',
};
if (emails === undefined) {
  process.stderr.write(
    'Usage: node examples/build-a-shop.mjs API STRIPE EMAILS, the three addresses that npm run local prints\n',
  );
  process.exit(1);
}

/** Each of these people has their own cookie. */
function somebody() {
  let cookie;
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${api}/api/v1${path}`, {
      method,
      headers: { ...(cookie && { cookie }), ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    const text = await response.text();
    const answer = text === '' ? {} : JSON.parse(text);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return answer;
  };
}

const step = (text) => process.stdout.write(`${text}\n`);
const once = () => ({ 'idempotency-key': randomUUID() });
const number = Date.now().toString(36); // so that the script can run again

async function until(what, ask) {
  const end = Date.now() + 60_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`Not within a minute: ${what}`);
    await pause(200);
  }
}

/** What stands behind #token= in the newest e-mail to somebody; the page of e-mails stands for their mailbox. */
const tokenTo = (address) =>
  until(`an e-mail to ${address}`, async () => {
    const list = await (await fetch(emails)).text();
    const [, path] = new RegExp(`<a href="(/emails/\\d+)">[^<]*</a> to ${address.replaceAll('.', '\\.')}<`).exec(list) ?? [];
    if (path === undefined) return undefined;
    return /#token=([\w-]+)/.exec(await (await fetch(new URL(path, emails))).text())?.[1];
  });

async function newCustomer(name) {
  const call = somebody();
  const email = `${name}-${number}@example.com`;
  const password = 'buys shoes on sundays';
  await call('POST', '/users', { email, password, name });
  await call('POST', '/users/verification', { token: await tokenTo(email), password });
  return call;
}

const address = { name: 'Ann Lee', line1: 'High Street 1', postalCode: '0150', city: 'Oslo', countryCode: 'NO' };

async function buy(call, productId, discountCode) {
  await call('PUT', `/cart/items/${productId}`, { quantity: 1 });
  const { total } = discountCode ? await call('GET', `/cart/discounts/${discountCode}`) : await call('GET', '/cart');
  const order = await call(
    'POST',
    '/orders',
    { expectedTotalMinor: total.amountMinor, deliveryAddress: address, ...(discountCode && { discountCode }) },
    once(),
  );
  const paid = await fetch(`${stripe}/v1/payment_intents/${order.clientSecret}/confirm`, { method: 'POST' });
  if (!paid.ok) throw new Error(`The payment failed: ${paid.status}`);
  await until('the order is paid', async () => (await call('GET', `/orders/${order.id}`)).status === 'paid');
  return order;
}

/** A part of a PNG: length, type, data, check. */
function chunk(type, data) {
  const typed = Buffer.concat([Buffer.from(type), data]);
  const whole = Buffer.alloc(typed.length + 8);
  whole.writeUInt32BE(data.length);
  typed.copy(whole, 4);
  whole.writeUInt32BE(crc32(typed), typed.length + 4);
  return whole;
}

/** A square of one colour, as PNG has it. */
function png(side) {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(side * 3, Buffer.from([90, 60, 40]))]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

async function addPicture(call, productId, bytes, alt) {
  const { picture, upload } = await call(
    'POST',
    `/products/${productId}/pictures`,
    { contentType: 'image/png', bytes: bytes.length, alt },
    once(),
  );
  const stored = await fetch(upload.url, { method: upload.method, headers: upload.headers, body: bytes });
  if (!stored.ok) throw new Error(`The upload failed: ${stored.status}`);
  await call('PUT', `/products/${productId}/pictures/${picture.id}/confirmation`);
  return until('the picture is made', async () => (await call('GET', `/products/${productId}`)).picture ?? undefined);
}

const operator = somebody();
await operator('POST', '/auth/session', operatorLogIn);
step('An operator has logged in');

await operator('POST', '/brands', { slug: `fog-${number}`, name: 'Fog' });
await operator('POST', '/categories', { slug: `felt-${number}`, name: 'Felt' });
const { id: productId } = await operator('POST', '/products', {
  slug: `felt-hat-${number}`,
  title: 'Felt Hat',
  description: 'A hat of felt.',
  priceMinor: 4_900,
  currency: 'USD',
  brand: `fog-${number}`,
  categories: [`felt-${number}`],
  keywords: ['fedora'],
  available: true,
  limitedEdition: true,
  releaseAt: new Date(Date.now() + 3_000).toISOString(),
  stock: 2,
});
step('A product is made, and released in three seconds');
const { sources, alt } = await addPicture(operator, productId, png(900), 'A brown hat');
step(
  `It has a picture (${alt}): ${sources.map(({ type, images }) => `${type} ${images.map(({ width }) => width).join(' ')}`).join(', ')}`,
);

const [ann, ben] = [await newCustomer('ann'), await newCustomer('ben')];
step('Two customers have registered');
const { items: drops } = await ann('GET', '/drops');
await until('the drop begins', async () => {
  try {
    return await ann('PUT', `/cart/items/${productId}`, { quantity: 1 });
  } catch (error) {
    if (!String(error).includes('not-released')) throw error;
    return undefined;
  }
});
step(`The drop has begun${drops.some(({ id }) => id === productId) ? ', as it was told' : ''}`);
await operator('POST', '/discount-codes', { code: `TEN-${number}`, percent: 10, mostUses: 1 });
const orders = [await buy(ann, productId, `TEN-${number}`), await buy(ben, productId)];
/** What everybody reads comes from a replica, which may be a moment behind. */
const shown = (availability) =>
  until(`the product is ${availability}`, async () => {
    const product = await ann('GET', `/products/${productId}`);
    return product.availability === availability && product;
  });
step(`Both are sold: ${(await shown('sold-out')).availability}`);
const asked = await operator('GET', `/operations/orders/${orders[0].number.toLowerCase().replace('-', '')}`);
step(`Order ${asked.number} goes to ${asked.deliveryAddress.line1}, ${asked.deliveryAddress.city}`);

await operator('POST', `/orders/${orders[0].id}/shipment`, { carrier: 'Acme', trackingNumber: '1Z999' });
await operator('PUT', `/orders/${orders[0].id}/delivery`);
step(`Shipped and delivered: ${(await ann('GET', `/orders/${orders[0].id}`)).shipment.deliveredAt}`);
await ann('PUT', `/products/${productId}/review`, { rating: 5, title: 'Warm', text: 'I wear it every day.' });
const review = await until('the review is shown', async () => (await ben('GET', `/products/${productId}/reviews`)).items[0]);
const rating = await until('the review counts', async () => {
  const { rating: found } = await ben('GET', `/products/${productId}`);
  return found.count > 0 && found;
});
step(`${review.author} reviewed it: ${rating.average} of 5, by ${rating.count}`);
await operator('POST', `/orders/${orders[1].id}/refunds`, {}, once());
await until('the order is refunded', async () => (await ben('GET', `/orders/${orders[1].id}`)).status === 'refunded');
step('One is refunded');
await operator('POST', `/products/${productId}/stock-changes`, { change: 1, reason: 'returned' }, once());
// Once the replica has this, it has the refund before it: the day's figures are read there as well.
await shown('in-stock');
const { items: news } = await until('Ann is told', async () => {
  const told = await ann('GET', '/notifications');
  return told.items.some(({ type }) => type === 'order-delivered') ? told : undefined;
});
step(`Ann was told: ${news.map(({ type }) => type).join(', ')}`);
const { revenue, orders: counts } = await operator('GET', '/analytics/today');
step(`Today: ${JSON.stringify(revenue)} ${JSON.stringify(counts)}`);
