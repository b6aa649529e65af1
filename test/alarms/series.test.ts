import { catalogue } from '../../alarms/catalogue/catalogue';
import type { AlarmDefinition } from '../../alarms/definition';
import { evaluated, type Happening, noData, type Watched, watch } from './evaluator/happening';
import { series, watchedStores } from './series';

const stores = watchedStores.map(([store, config]) => ({ store, all: series(config), alarms: catalogue(config).alarms }));

type All = (typeof stores)[number]['all'];

function ruleSeries(all: All, { rule, instance }: Pick<AlarmDefinition, 'rule' | 'instance'>) {
  const own = all[`${rule}-${instance}`] ?? all[rule];
  if (!own) throw new Error(`test/alarms/series.ts has nothing for the rule ${rule}`);
  return own;
}

/** What must raise the alarm and what must not. */
function levelSeries(all: All, alarm: AlarmDefinition) {
  const { usual, ringsWithoutData = false, silent = [], levels } = ruleSeries(all, alarm);
  const own = levels[alarm.severity];
  if (!own) throw new Error(`test/alarms/series.ts has nothing for the ${alarm.severity} of ${alarm.rule}`);
  const without = noData(alarm, usual);
  return ringsWithoutData
    ? { usual, rings: [...own.rings, without], silent: [...silent, ...own.silent] }
    : { usual, rings: own.rings, silent: [...silent, ...own.silent, without] };
}

const ends = ({ before, during, after }: Watched, { what }: Happening) => [what, before.at(-1), during.at(-1), after.at(-1)];
const ringsAndEnds = ({ what }: Happening) => [what, 'OK', 'ALARM', 'OK'];

const alarms = stores.flatMap(({ store, all, alarms: own }) =>
  own.map((alarm) => ({ name: `${alarm.id} of ${store}`, alarm, ...levelSeries(all, alarm) })),
);

/** Most alarms of a store are those of another, and an instance's are those of the next: one of each kind is evaluated. */
const kinds = [
  ...Map.groupBy(alarms, ({ alarm, usual, rings, silent }) => evaluated(alarm, usual, [...rings, ...silent])).values(),
];

const cases = kinds.flatMap(([first, ...others]) =>
  first ? [[others.length > 0 ? `${first.name} (and ${others.length} alike)` : first.name, first] as const] : [],
);

test.each(cases)('%s rings when it must, and is over afterwards', (_, { alarm, usual, rings }) => {
  expect(rings).not.toEqual([]);
  expect(rings.map((happening) => ends(watch(alarm, usual, happening), happening))).toEqual(rings.map(ringsAndEnds));
});

// A minute's data may come after the minute's evaluation. The user guide warns that FILL then hides it from the alarm for good.
const ofMinutes = cases.filter(([, { alarm }]) => alarm.window.periodSeconds === 60);
test.each(ofMinutes)('%s rings when it must, though the latest minute is never there yet', (_, { alarm, usual, rings }) => {
  expect(rings.map((happening) => ends(watch(alarm, usual, happening, 1), happening))).toEqual(rings.map(ringsAndEnds));
});

test.each(cases)('%s stays silent when it must', (_, { alarm, usual, silent }) => {
  const states = silent.map((happening) => {
    const { before, during, after } = watch(alarm, usual, happening);
    return [happening.what, [...before, ...during, ...after].includes('ALARM')];
  });
  expect(states).not.toEqual([]);
  expect(states).toEqual(silent.map(({ what }) => [what, false]));
});

test('every series is of an alarm that a store has', () => {
  const used = new Set(
    alarms.flatMap(({ alarm: { rule, instance, severity } }) => [`${rule} ${severity}`, `${rule}-${instance} ${severity}`]),
  );
  const written = Object.entries(stores[0]?.all ?? {}).flatMap(([rule, { levels }]) =>
    Object.keys(levels).map((severity) => `${rule} ${severity}`),
  );
  expect(written.filter((one) => !used.has(one))).toEqual([]);
});
