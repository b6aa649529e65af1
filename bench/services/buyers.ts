import { dropProduct } from '../../bin/local/seed';
import { viewer } from './addresses';
import { HttpConnection, requestText } from './http-connection';
import type { Person } from './people';
import type { ServerProcess } from './server-process';

/** How one buyer fared. */
export interface Bought {
  readonly status: number;
  /** From the moment at which all began; a second try counts. */
  readonly ms: number;
  readonly tries: number;
}

/** What a buyer sends. */
export type BuyersRequest = (person: Person, subscriber: number) => string;

export const reserveAtApi: BuyersRequest = ({ cookie }, subscriber) =>
  requestText({
    method: 'PUT',
    path: `/api/v1/cart/items/${dropProduct.id}`,
    headers: { ...viewer(subscriber), cookie },
    json: { quantity: 1 },
  });

/** `lock`: select for update; `statement`: the store's own statement without the API around it. */
export const reserveAtBareServer =
  (way: 'lock' | 'statement'): BuyersRequest =>
  ({ id }) =>
    requestText({
      method: 'POST',
      path: `/drop/${way}`,
      headers: { 'x-user': id, 'x-product': dropProduct.id, 'content-length': '0' },
    });

/** They look at their cart before, as people who wait for a drop do: the API then knows their session, and has its connections open. */
const lookAtCart: BuyersRequest = ({ cookie }, subscriber) =>
  requestText({ path: '/api/v1/cart', headers: { ...viewer(subscriber), cookie } });

export interface RushProps {
  /** Buyers are spread over them in turn. */
  readonly servers: readonly ServerProcess[];
  readonly people: readonly Person[];
  readonly request: BuyersRequest;
  readonly warmUp: boolean;
  /** Told how many have been answered, after each. */
  readonly onAnswer?: (answered: number) => void;
}

/** ms after which a buyer has waited in vain. */
const patienceMs = 30_000;
let subscribers = 0;

/** All open a connection, then all ask in the same moment. Whose server dies asks the next one; whoever gets no answer at all has status 0. */
export async function rush({ servers, people, request, warmUp, onAnswer }: RushProps): Promise<readonly Bought[]> {
  const buyers = await Promise.all(
    people.map(async (person, index) => {
      const server = index % servers.length;
      return { person, server, subscriber: ++subscribers, connection: await HttpConnection.open(servers[server]?.port ?? 0) };
    }),
  );
  if (warmUp)
    for (const part of partsOf(buyers, 100))
      await Promise.all(part.map((b) => b.connection.ask(lookAtCart(b.person, b.subscriber))));
  const began = performance.now();
  let answered = 0;
  const bought = await Promise.all(
    buyers.map(async ({ person, server, subscriber, connection }): Promise<Bought> => {
      const text = request(person, subscriber);
      let tries = 1;
      const again = async (): Promise<number> => {
        tries += 1;
        const second = await HttpConnection.open(servers[(server + 1) % servers.length]?.port ?? 0);
        const { status } = await second.ask(text);
        second.close();
        return status;
      };
      const asked = connection.ask(text).then((answer) => answer.status, again);
      const status = await inTime(asked);
      onAnswer?.((answered += 1));
      return { status, ms: performance.now() - began, tries };
    }),
  );
  for (const { connection } of buyers) connection.close();
  return bought;
}

/** 0 where there was no answer in time, or none at all. */
async function inTime(answer: Promise<number>): Promise<number> {
  const { promise: late, resolve } = Promise.withResolvers<number>();
  const timer = setTimeout(() => resolve(0), patienceMs);
  const status = await Promise.race([answer.catch(() => 0), late]);
  clearTimeout(timer);
  return status;
}

function* partsOf<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}
