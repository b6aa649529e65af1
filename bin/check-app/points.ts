import type { Point } from './point';
import { cache } from './points/cache';
import { disk } from './points/disk';
import { cacheFailover, databaseFailover } from './points/failovers';
import { health } from './points/health';
import { keepAlive } from './points/keep-alive';
import { logIn } from './points/log-in';
import { logs } from './points/logs';
import { memory } from './points/memory';
import { migrations } from './points/migrations';
import { pooler } from './points/pooler';
import { port } from './points/port';
import { rotation } from './points/rotation';
import { steps } from './points/steps';
import { inProgress, stop } from './points/stop';
import { tls } from './points/tls';
import { twoTasks } from './points/two-tasks';
import { user } from './points/user';

/** What is looked at, in this order: what comes first when an app starts, then what may happen to it, and in the end what it left. */
export const points: readonly Point[] = [
  migrations,
  port,
  health,
  steps,
  tls,
  logIn,
  cache,
  keepAlive,
  twoTasks,
  pooler,
  databaseFailover,
  cacheFailover,
  rotation,
  user,
  disk,
  memory,
  inProgress,
  stop,
  logs,
];
