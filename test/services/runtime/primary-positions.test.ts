import { PrimaryPositions } from '../../../services/runtime/primary-positions';

type Known = readonly (readonly [position: number, at: number])[];

/** Allowed are 5,000 ms. */
function reached(known: Known, replayed: number, now: number): boolean {
  const positions = new PrimaryPositions(5_000);
  for (const [position, at] of known) positions.add(BigInt(position), at);
  return positions.reached(BigInt(replayed), now);
}

const busy: Known = [
  [100, 0],
  [200, 1_000],
  [300, 2_000],
  [400, 3_000],
];

describe('a replica lags too much', () => {
  it.each<readonly [string, Known, number, number]>([
    ['as long as nothing is known of the primary', [], 500, 9_000],
    ['that is behind the only position known', [[100, 0]], 99, 1],
    ['that misses what is more than five seconds old', busy, 199, 6_001],
    ['that has stood still since the primary went away', busy, 399, 60_000],
    ['that is behind an idle primary', [...busy, [400, 90_000]], 399, 90_001],
    ['that replays another history than the restored primary’s', [...busy, [50, 4_000]], 49, 4_001],
  ])('%s', (_, known, replayed, now) => {
    expect(reached(known, replayed, now)).toBe(false);
  });
});

describe('a replica lags little', () => {
  it.each<readonly [string, Known, number, number]>([
    ['that has all of it', busy, 400, 3_001],
    ['that is ahead of what was last asked', busy, 450, 3_001],
    ['that misses what is less than five seconds old', busy, 200, 6_999],
    ['whose primary has been idle for an hour', busy, 400, 3_600_000],
    ['that had all of it when the primary went away', busy, 400, 60_000],
    ['that catches up after the primary was away for a minute', [...busy, [900, 60_000]], 400, 64_999],
    ['that follows a primary restored from an earlier time', [...busy, [50, 4_000]], 50, 4_001],
  ])('%s', (_, known, replayed, now) => {
    expect(reached(known, replayed, now)).toBe(true);
  });
});
