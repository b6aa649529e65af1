import { dropProduct } from '../../bin/local/seed';
import { conditions } from '../machine';
import { type Findings, table } from '../page';
import { median, percentile, spread } from '../statistics';
import { type BenchStore, startBenchStore } from './bench-store';
import { type Bought, type BuyersRequest, reserveAtApi, reserveAtBareServer, rush } from './buyers';
import { distanceTo } from './distance';
import { makePeople, type Person } from './people';
import type { ServerProcess } from './server-process';

interface Drop {
  readonly sold: number;
  readonly refused: number;
  /** Neither sold nor told so. */
  readonly failed: number;
  /** Buyers who asked a second server. */
  readonly again: number;
  readonly p99: number;
  /** ms until the last one had an answer. */
  readonly total: number;
}

/** Two processes that serve the same way, with pools of 10. */
interface Contender {
  readonly name: string;
  readonly servers: readonly ServerProcess[];
  readonly request: BuyersRequest;
  readonly warmUp: boolean;
}

/** Targets of the issue that made the drop. */
const most = { p99Ms: 1_000, fasterThanLock: 4 } as const;

/** ms from a server to the database, one way, where it is not on the same machine. */
const wayMs = 1;

/** Answers after which a process is killed, in the middle of the sale. */
const killAfter = 40;

export async function measureDrop(rounds: number, progress: (message: string) => void): Promise<Findings> {
  const under = conditions();
  const store = await startBenchStore(progress);
  try {
    const people = await makePeople(store, 5_000);
    const thousand = people.slice(0, 1_000);
    const near = await contendersAt(store, {}, '');
    const distance = await distanceTo(store.places.databasePort, wayMs);
    const far = await contendersAt(store, { databasePort: distance.port }, `, database ${2 * wayMs} ms away`);
    const failures: string[] = [];
    const run = async (message: string, contender: Contender, buyers: readonly Person[], kill = false): Promise<Drop> => {
      progress(message);
      return oneDrop(store, contender, buyers, kill, (failure) => failures.push(`${message}: ${failure}`));
    };

    const contenders = [...Object.values(near), ...Object.values(far)];
    const drops = new Map(contenders.map((contender) => [contender, [] as Drop[]]));
    for (let round = 0; round <= rounds; round += 1) {
      for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
        const drop = await run(`1,000 buyers, round ${round} of ${rounds}: ${contender.name}`, contender, thousand);
        if (round > 0) drops.get(contender)?.push(drop); // the first one warms up
      }
    }
    const crowd = await run('5,000 buyers: the API', near.api, people);
    const killed = await run('1,000 buyers, a process is killed', near.api, thousand, true);
    await distance.stop();

    const p99 = median((drops.get(near.api) ?? []).map((drop) => drop.p99));
    const text = [
      `${under}; ${rounds} rounds; two processes with pools of 10 each; stock ${dropProduct.stock}; every drop is counted afterwards in the database.`,
      table(
        ['1,000 buyers at once', 'sold', 'told that it is sold out', 'failed', 'until all are answered (spread)', 'p99'],
        [...drops].map(([{ name }, of]) => row(name, of)),
      ),
      `p99 of the API < ${most.p99Ms} ms ${mark(p99 < most.p99Ms)}.`,
      table(
        ['times faster than `select … for update`', 'until all are answered', 'p99', 'target'],
        [
          faster(near.api, near.lock, drops),
          faster(near.statement, near.lock, drops),
          faster(far.api, far.lock, drops),
          faster(far.statement, far.lock, drops),
        ],
      ),
      `A way of ${wayMs} ms in each direction to the primary is an assumption, that of another zone with a proxy between: a lock that is held from one question to the next is held for as long.`,
      table(
        ['the API', 'sold', 'told that it is sold out', 'failed', 'until all are answered', 'p99'],
        [
          row('5,000 buyers', [crowd]),
          row(`1,000 buyers, one of two processes killed (-9) after ${killAfter} answers; ${killed.again} asked the other`, [
            killed,
          ]),
        ],
      ),
    ];
    return { text: text.join('\n\n'), failures };
  } finally {
    await store.stop();
  }
}

/** What is compared, each with two servers of its own kind. */
async function contendersAt(store: BenchStore, elsewhere: Parameters<BenchStore['startApi']>[0], where: string) {
  const api = [await store.startApi(elsewhere), await store.startApi(elsewhere)];
  const bare = [await store.startBareServer(elsewhere), await store.startBareServer(elsewhere)];
  const contender = (name: string, servers: readonly ServerProcess[], request: BuyersRequest): Contender => ({
    name: name + where,
    servers,
    request,
    warmUp: servers === api,
  });
  return {
    api: contender('the API', api, reserveAtApi),
    statement: contender('bare server, our statement', bare, reserveAtBareServer('statement')),
    lock: contender('bare server, `select … for update`', bare, reserveAtBareServer('lock')),
  };
}

function faster(one: Contender, lock: Contender, drops: ReadonlyMap<Contender, readonly Drop[]>): string[] {
  const times = (pick: (drop: Drop) => number): number => {
    const of = (contender: Contender): number => median((drops.get(contender) ?? []).map(pick));
    return of(lock) / of(one);
  };
  const total = times((drop) => drop.total);
  const target = `≥ ${most.fasterThanLock} × ${mark(total >= most.fasterThanLock)}`;
  return [one.name, `**${total.toFixed(1)} ×**`, `${times((drop) => drop.p99).toFixed(1)} ×`, target];
}

const mark = (met: boolean): string => (met ? '✓' : '✗');

/** As long as every drop ended alike, one number. */
const once = (values: readonly number[]): string => [...new Set(values)].join(', ');

function row(name: string, drops: readonly Drop[]): string[] {
  const of = (pick: (drop: Drop) => number): number[] => drops.map(pick);
  const totals = of(({ total }) => total);
  const counts = [of(({ sold }) => sold), of(({ refused }) => refused), of(({ failed }) => failed)];
  const range = drops.length > 1 ? ` (${spread(totals, 0)})` : '';
  return [name, ...counts.map(once), `${median(totals).toFixed(0)} ms${range}`, `${median(of(({ p99 }) => p99)).toFixed(0)} ms`];
}

async function oneDrop(
  store: BenchStore,
  { servers, request, warmUp }: Contender,
  people: readonly Person[],
  kill: boolean,
  fail: (failure: string) => void,
): Promise<Drop> {
  await store.sql('truncate reservations');
  await store.sql('update products set stock = $2 where id = $1', [dropProduct.id, dropProduct.stock]);
  await store.sql('vacuum products');
  const killing = (answered: number): void => {
    if (kill && answered === killAfter) servers[0]?.kill();
  };
  const bought = await rush({ servers, people, request, warmUp, onAnswer: killing });
  const drop = resultOf(bought);
  for (const failure of await miscounts(store, drop)) fail(failure);
  return drop;
}

function resultOf(bought: readonly Bought[]): Drop {
  const times = bought.map(({ ms }) => ms);
  const sold = bought.filter(({ status }) => status === 200).length;
  const refused = bought.filter(({ status }) => status === 409).length;
  return {
    sold,
    refused,
    failed: bought.length - sold - refused,
    again: bought.filter(({ tries }) => tries > 1).length,
    p99: percentile(times, 99),
    total: Math.max(...times),
  };
}

/** What the buyers were told and what the database has must be the same, and as many as there were. */
async function miscounts({ sql }: BenchStore, { sold, failed }: Drop): Promise<readonly string[]> {
  const [counted] = await sql<{ stock: number; reserved: number; buyers: number }>(
    `select stock, (select coalesce(sum(quantity), 0)::int from reservations where product_id = products.id) as reserved,
            (select count(*)::int from reservations where product_id = products.id) as buyers
       from products where id = $1`,
    [dropProduct.id],
  );
  const { stock = -1, reserved = -1, buyers = -1 } = counted ?? {};
  return [
    ...(stock + reserved === dropProduct.stock ? [] : [`stock ${stock} and reserved ${reserved} are not ${dropProduct.stock}`]),
    ...(sold === dropProduct.stock && buyers === sold ? [] : [`${sold} were told that they have one, and ${buyers} have`]),
    ...(failed === 0 ? [] : [`${failed} got another answer or none`]),
  ];
}
