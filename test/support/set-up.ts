import { type Started, startedThings } from './started';

/** ms for a step that starts or stops servers: on a busy machine PostgreSQL takes its time. */
const limitMs = 120_000;

/** Starts what the tests of a file or of a `describe` share. Whatever has begun is stopped after them, the last first. */
export function setUp(begin: (started: Started) => Promise<unknown>): void {
  const things = startedThings();
  beforeAll(async () => {
    await begin(things);
  }, limitMs);
  afterAll(things.stop, limitMs);
}

/** Starts it anew for each test. */
export function setUpEach(begin: (started: Started) => Promise<unknown>): void {
  const started = stoppedAfterEach();
  beforeEach(async () => {
    await begin(started);
  }, limitMs);
}

/** For what a test starts by itself: it is stopped after that test, however the test ends. */
export function stoppedAfterEach(): Started {
  let things = startedThings();
  beforeEach(() => {
    things = startedThings();
  });
  afterEach(() => things.stop(), limitMs);
  return { use: (starting) => things.use(starting), defer: (stop) => things.defer(stop) };
}
