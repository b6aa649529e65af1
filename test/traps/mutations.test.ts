import { fourSizes } from '../stores';
import { mutations } from './mutations';
import { protection } from './protection';
import { rightsAndLimits } from './rights-and-limits';
import { startAndOrder } from './start-and-order';
import { stateAndSize } from './state-and-size';
import type { Stores } from './trap';

const stores = Object.fromEntries(fourSizes()) as Stores;
const checks = [...stateAndSize, ...startAndOrder, ...rightsAndLimits, ...protection];

test.each(mutations)('when $breaks, "$turnsRed" turns red', ({ in: tier, mutate, turnsRed }) => {
  const check = checks.find(({ name }) => name === turnsRed);
  expect(check).toBeDefined();
  const broken = structuredClone(stores[tier]);
  mutate(broken);
  expect(broken).not.toEqual(stores[tier]);
  expect(() => check?.holds({ ...stores, [tier]: broken })).toThrow();
});

test('twenty ways or more to break the stack are tried', () => {
  expect(new Set(mutations.map(({ breaks }) => breaks)).size).toBeGreaterThanOrEqual(20);
});
