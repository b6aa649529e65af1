/**
 * The documents' loads with writes among the reads: a journey of 20 steps, of which 16 read the catalogue, 3 are of the cart and one checks
 * out and pays, with some time to think after each. Without sessions it has the 16 alone. Run by bench/services/k6.ts, which gives it
 * everything in one file.
 */
import { check, sleep } from 'k6';
import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter } from 'k6/metrics';

// Each virtual user has its own copy of what is not in a shared array.
const [plan] = new SharedArray('plan', () => [{ ...JSON.parse(open(__ENV.PLAN)), sessions: [], products: [] }]);
const sessions = new SharedArray('sessions', () => JSON.parse(open(__ENV.PLAN)).sessions);
const products = new SharedArray('products', () => JSON.parse(open(__ENV.PLAN)).products);
const { api, stripe, stages, plateau, thinkSeconds, words } = plan;

const refused = new Counter('refused');
const limited = new Counter('limited');

// 304 is not asked for; 409 is an answer: sold out, or a cart that is empty because of it.
http.setResponseCallback(http.expectedStatuses(200, 201, 409));

export const options = {
  scenarios: { shoppers: { executor: 'ramping-vus', startVUs: 0, stages, gracefulRampDown: '5s', gracefulStop: '5s' } },
  // The documents' own. The others make k6 tell these figures apart; the page judges them.
  thresholds: {
    'http_req_duration{to:api}': ['p(95)<200'],
    'http_req_failed{to:api}': ['rate<0.01'],
    'http_req_duration{to:api,page:list}': ['p(95)<200'],
    'http_req_duration{to:api,page:product}': ['p(95)<100'],
    'http_req_duration{to:api,page:cart}': ['p(95)>=0'],
    'http_req_duration{to:api,page:order}': ['p(95)>=0'],
    'http_req_duration{to:api,plateau:yes}': ['p(95)>=0'],
  },
  summaryTrendStats: ['med', 'p(95)', 'p(99)', 'max', 'count'],
  discardResponseBodies: true,
  noCookiesReset: true,
};

export function setup() {
  console.log('The load begins');
}

/** What a fifth of the products is looked at four times out of five. */
function someProduct() {
  const popular = Math.floor(products.length / 5);
  const index = Math.random() < 0.8 ? Math.random() * popular : popular + Math.random() * (products.length - popular);
  return products[Math.floor(index)];
}

const some = (all) => all[Math.floor(Math.random() * all.length)];

const list = (query) => ask('GET', `/api/v1/products?limit=20${query}`, 'list');
const product = () => ask('GET', `/api/v1/products/${someProduct()}`, 'product');
const put = () => ask('PUT', `/api/v1/cart/items/${someProduct()}`, 'cart', JSON.stringify({ quantity: 1 }));

const readsAndWrites = [
  () => list(''),
  product,
  () => list(`&category=${some(plan.categories)}`),
  product,
  () => list(`&search=${some(words)}`),
  product,
  () => ask('GET', '/api/v1/categories', 'list'),
  put,
  () => list(`&brand=${some(plan.brands)}`),
  product,
  () => list('&featured=true'),
  product,
  () => list(`&search=${some(words)}%20${some(words)}`),
  product,
  put,
  () => list('&sort=price'),
  product,
  look,
  checkOut,
  () => ask('GET', '/api/v1/brands', 'list'),
];
const journey = sessions.length > 0 ? readsAndWrites : readsAndWrites.filter((step) => ![put, look, checkOut].includes(step));

// Of this virtual user: it begins somewhere before its cart is needed, so that not all do the same at once.
let step = Math.floor(Math.random() * 15);
let journeys = 0;
let seenMinor = 0;

export default function shop() {
  journey[step % journey.length]();
  step += 1;
  if (step % journey.length === 0) journeys += 1;
  sleep(thinkSeconds);
}

/** A new visitor each journey: another address, so that limits are counted and met by nobody. */
function address() {
  const user = exec.vu.idInTest;
  return `10.${(user >> 2) & 255}.${((user & 3) << 6) | ((journeys >> 8) & 63)}.${journeys & 255}`;
}

function ask(method, path, page, body, headers) {
  const now = exec.instance.currentTestRunDuration;
  const response = http.request(method, `${api}${path}`, body, {
    headers: {
      'x-viewer-address': address(),
      ...(sessions.length > 0 && { cookie: sessions[(exec.vu.idInTest - 1) % sessions.length] }),
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    },
    tags: { to: 'api', page, plateau: now >= plateau.from && now <= plateau.to ? 'yes' : 'no', name: page },
    responseType: page === 'order' || page === 'cart' ? 'text' : 'none',
    timeout: '20s',
  });
  if (response.status === 409) refused.add(1);
  if (response.status === 429) limited.add(1);
  return response;
}

/** What the cart costs, as its customer sees it. */
function look() {
  const cart = ask('GET', '/api/v1/cart', 'cart');
  seenMinor = (cart.status === 200 && cart.json().total?.amountMinor) || 0;
}

/** The order, then the customer pays at Stripe, which tells the API by its webhook. */
function checkOut() {
  const body = JSON.stringify({ expectedTotalMinor: seenMinor });
  const order = ask('POST', '/api/v1/orders', 'order', body, { 'idempotency-key': randomUuid() });
  if (order.status !== 201 || stripe === undefined) return;
  const { clientSecret } = order.json();
  const paid = http.post(`${stripe}/v1/payment_intents/${clientSecret}/confirm`, null, {
    tags: { to: 'stripe', name: 'stripe' },
  });
  check(paid, { paid: ({ status }) => status === 200 });
}

function randomUuid() {
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => Math.floor(Math.random() * 16).toString(16));
}

export function handleSummary(data) {
  return { [__ENV.SUMMARY]: JSON.stringify(data) };
}
