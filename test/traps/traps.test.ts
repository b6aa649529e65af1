import { fourSizes } from '../stores';
import { protection } from './protection';
import { rightsAndLimits } from './rights-and-limits';
import { startAndOrder } from './start-and-order';
import { stateAndSize } from './state-and-size';
import type { Stores } from './trap';

const stores = Object.fromEntries(fourSizes()) as Stores;

test.each([...stateAndSize, ...startAndOrder, ...rightsAndLimits])('trap: $name', ({ holds }) => holds(stores));

test.each(protection)('protection: $name', ({ holds }) => holds(stores));
