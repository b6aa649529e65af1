import { alarmTraps } from './alarms';
import { caches } from './caches';
import { exposure } from './exposure';
import { protection } from './protection';
import { rightsAndLimits } from './rights-and-limits';
import { startAndOrder } from './start-and-order';
import { stateAndSize } from './state-and-size';
import { storesToCheck } from './trap';

const stores = storesToCheck();

test.each([...stateAndSize, ...startAndOrder, ...rightsAndLimits, ...alarmTraps, ...caches])('trap: $name', ({ holds }) =>
  holds(stores),
);

test.each([...protection, ...exposure])('protection: $name', ({ holds }) => holds(stores));
