import { cheapestStore, nextStore, worthMore } from '../../../lib/review/carry/cheapest-stores';
import type { Candidate, Choice, Safety } from '../../../lib/review/carry/choice';
import { type SearchedSize, SizeSearch } from '../../../lib/review/carry/size-search';
import type { Space } from '../../../lib/review/carry/space';
import { type TierName, tierNames } from '../../../lib/tiers/tier';
import type { GivenUsage } from '../../../lib/usage/monthly-usage';
import { questionOf, searchOf } from './searched';

/** Every demand of the test has the costs of one month: what is searched is the store. */
const month: GivenUsage = { orders: 20_000, users: 40_000 };
const drops = [0, 300, 800, 1_500, 3_000, 6_000] as const;

interface Need {
  readonly users: number;
  readonly orders: number;
  readonly drop: (typeof drops)[number];
}

type Headroom = SearchedSize['headroom'];
type Room = SizeSearch['size'];

/** A size with a few values of each thing, and what each carries of one user, one order, and each drop. */
function reduced(tier: TierName) {
  const of = (demand: GivenUsage): Room => {
    const given = { ...questionOf({ ...month, ...demand }), asked: questionOf(demand).asked };
    return searchOf(tier, given).size;
  };
  const [perUser, perOrder] = [of({ usersAtOnce: 1 }), of({ orders: month.orders ?? 0 })];
  const byDrop = new Map(drops.map((drop) => [drop, of({ drop })]));
  const { own } = perUser.space;
  const space: Space = {
    ...perUser.space,
    tasks: perUser.space.tasks.slice(0, 2),
    least: ascending(2, 3, own.least),
    most: ascending(4, 9, own.most, 200),
    workerMost: ascending(own.workerMost, 40),
    classes: [...new Set([own.instanceClass, 'db.t4g.small', 'db.m6g.large', 'db.r6g.4xlarge'])],
    storages: [perUser.space.own.storage, ...perUser.space.storages.slice(1, 3)],
    replicas: perUser.space.replicas.slice(0, 2),
    caches: perUser.space.caches.filter(
      ({ nodeType, shards }) =>
        ['cache.t4g.micro', 'cache.m7g.large', own.cache.nodeType].includes(nodeType) && [own.cache.shards, 1].includes(shards),
    ),
    natGateways: perUser.space.natGateways.filter((count) => [1, own.natGateways].includes(count)),
  };
  return { base: { ...perUser, space }, perUser: perUser.headroom, perOrder: perOrder.headroom, byDrop };
}

const ascending = (...counts: readonly number[]): readonly number[] => [...new Set(counts)].toSorted((one, other) => one - other);

type Reduced = ReturnType<typeof reduced>;

const sizes = tierNames.map(reduced);

/** Headroom of a need, from that of its parts. */
function headroomOf({ perUser, perOrder, byDrop }: Reduced, { users, orders, drop }: Need): Headroom {
  const ofDrop = byDrop.get(drop)?.headroom ?? perUser;
  const least =
    <A>(one: (all: Headroom, argument: A) => number) =>
    (argument: A): number =>
      Math.min(
        one(perUser, argument) / users,
        (one(perOrder, argument) * (month.orders ?? 0)) / orders,
        drop === 0 ? Number.POSITIVE_INFINITY : one(ofDrop, argument),
      );
  return {
    of: least((all, choice) => all.of(choice)),
    worker: least((all, count) => all.worker(count)),
    class: least((all, choice) => all.class(choice)),
    storage: least((all, storage) => all.storage(storage)),
    databaseConnections: least((all, choice) => all.databaseConnections(choice)),
    cache: least((all, cache) => all.cache(cache)),
    cacheConnections: least((all, choice) => all.cacheConnections(choice)),
    network: least((all, gateways) => all.network(gateways)),
    task: (task) => ({
      load: Math.min(perUser.task(task).load / users, (perOrder.task(task).load * (month.orders ?? 0)) / orders),
      drop: drop === 0 ? Number.POSITIVE_INFINITY : ofDrop.task(task).drop,
    }),
  };
}

interface Row {
  readonly tier: TierName;
  readonly usd: number;
  readonly safety: Safety;
  readonly perUser: number;
  readonly perOrder: number;
  readonly byDrop: ReadonlyMap<number, number>;
  readonly isOwn: boolean;
}

/** Every choice there is. */
function* choicesOf(space: Space): Iterable<Choice> {
  for (const task of space.tasks)
    for (const least of space.least)
      for (const most of space.most.filter(
        (count) => count >= 2 * least || (count === space.own.most && least === space.own.least),
      ))
        for (const workerMost of space.workerMost)
          for (const instanceClass of space.classes)
            for (const storage of space.storages)
              for (const replicas of space.replicas)
                for (const cache of space.caches)
                  for (const natGateways of space.natGateways)
                    yield { task, least, most, workerMost, instanceClass, storage, replicas, cache, natGateways };
}

function rowsOf(size: Reduced): Row[] {
  const { base, perUser, perOrder, byDrop } = size;
  const search = new SizeSearch(base);
  return [...choicesOf(base.space)]
    .filter((choice) => base.allows(search.candidate(choice, 0).settings))
    .map((choice) => ({
      tier: base.tier,
      usd: search.costOf(choice),
      safety: { ...base.safety, replicas: choice.replicas, natGateways: choice.natGateways },
      perUser: perUser.of(choice),
      perOrder: perOrder.of(choice) * (month.orders ?? 0),
      byDrop: new Map(
        [...byDrop].map(([drop, { headroom }]) => [drop, drop === 0 ? Number.POSITIVE_INFINITY : headroom.of(choice)]),
      ),
      isOwn: JSON.stringify(choice) === JSON.stringify(base.space.own),
    }));
}

const carries = (row: Row, { users, orders, drop }: Need): number =>
  Math.min(row.perUser / users, row.perOrder / orders, row.byDrop.get(drop) ?? 0);

const searchesOf = (need: Need) => sizes.map((size) => new SizeSearch({ ...size.base, headroom: headroomOf(size, need) }));

/** A generator of numbers that always gives the same. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

function needs(count: number): readonly Need[] {
  const random = seeded(46);
  return Array.from({ length: count }, () => ({
    users: 10 ** (1 + random() * 5.5),
    orders: 10 ** (1 + random() * 6.5),
    drop: drops[Math.floor(random() * drops.length)] ?? 0,
  }));
}

const safer = (one: Safety, other: Safety) => (Object.keys(one) as (keyof Safety)[]).some((name) => one[name] > other[name]);

describe('the search, and all choices computed one by one', () => {
  const rows = sizes.flatMap(rowsOf).toSorted((one, other) => one.usd - other.usd);
  const cheapestRow = (need: Need, fits = (row: Row) => carries(row, need) >= 1): Row | undefined => rows.find(fits);

  it('find the same cost for 1,000 demands', () => {
    const compared = needs(1_000).map(
      (need) => [cheapestStore(searchesOf(need), 1)?.usdPerMonth, cheapestRow(need)?.usd] as const,
    );

    for (const [found, expected] of compared) expect(found ?? -1).toBeCloseTo(expected ?? -1, 6);
    expect(compared.filter(([found]) => found !== undefined).length).toBeGreaterThan(500);
    expect(compared.filter(([found]) => found === undefined).length).toBeGreaterThan(50);
  });

  it('find the same next store, which gives something that the cheapest does not', () => {
    for (const need of needs(200)) {
      const searches = searchesOf(need);
      const first = cheapestStore(searches, 1);
      const more = (one: Row, { headroom, safety }: Candidate) =>
        carries(one, need) >= headroom * worthMore || (carries(one, need) >= 1 && safer(one.safety, safety));
      const next = first && nextStore(searches, [first]);

      expect(next?.usdPerMonth ?? 0).toBeCloseTo((first && cheapestRow(need, (row) => more(row, first))?.usd) ?? 0, 6);
    }
  });

  it('never ask for more than the cheapest size that carries the demand as it is', () => {
    const plain = rows.filter(({ isOwn }) => isOwn);

    expect(plain).toHaveLength(4);
    expect(needs(300).filter((need) => plain.some((row) => carries(row, need) >= 1)).length).toBeGreaterThan(100);
    for (const need of needs(300)) {
      const holds = plain.find((row) => carries(row, need) >= 1);
      const most = holds ? holds.usd + 1e-6 : Number.POSITIVE_INFINITY;

      expect(cheapestStore(searchesOf(need), 1)?.usdPerMonth ?? 0).toBeLessThanOrEqual(most);
    }
  });

  it('never ask for less where more is to be carried', () => {
    for (const need of needs(200)) {
      const more = { ...need, users: need.users * 1.7, orders: need.orders * 1.3 };
      const [less, dearer] = [need, more].map(
        (one) => cheapestStore(searchesOf(one), 1)?.usdPerMonth ?? Number.POSITIVE_INFINITY,
      );

      expect(dearer).toBeGreaterThanOrEqual(less ?? 0);
    }
  });
});
