import { alarmMutations } from './alarm-mutations';
import { alarmTraps } from './alarms';
import { cacheMutations } from './cache-mutations';
import { caches } from './caches';
import { exposure } from './exposure';
import { mutations as others } from './mutations';
import { protection } from './protection';
import { rightsAndLimits } from './rights-and-limits';
import { startAndOrder } from './start-and-order';
import { stateAndSize } from './state-and-size';
import { storesToCheck } from './trap';

const stores = storesToCheck();
const mutations = [...others, ...alarmMutations, ...cacheMutations];
const checks = [...stateAndSize, ...startAndOrder, ...rightsAndLimits, ...alarmTraps, ...caches, ...protection, ...exposure];

test.each(mutations)('when $breaks, "$turnsRed" turns red', ({ in: tier, mutate, turnsRed }) => {
  const check = checks.find(({ name }) => name === turnsRed);
  expect(check).toBeDefined();
  const broken = structuredClone(stores[tier]);
  mutate(broken);
  expect(JSON.stringify(broken)).not.toBe(JSON.stringify(stores[tier]));
  expect(() => check?.holds({ ...stores, [tier]: broken })).toThrow();
});

/** Checks of files instead of templates, which no mutation of a template can turn red. */
const withoutMutation = {
  'the CLI is the release that works with the pinned library': 'reads package.json',
  'interfaces of a VPC origin can outlive the stack: docs/leaving.md says what to do': 'reads docs/leaving.md',
};

test('each check of a template is proved by a mutation that turns it red', () => {
  const proved = new Set(mutations.map(({ turnsRed }) => turnsRed));
  const unproved = checks.map(({ name }) => name).filter((name) => !proved.has(name));
  expect(unproved.toSorted()).toEqual(Object.keys(withoutMutation).toSorted());
});

test('twenty ways or more to break the stack are tried', () => {
  expect(new Set(mutations.map(({ breaks }) => breaks)).size).toBeGreaterThanOrEqual(20);
});
