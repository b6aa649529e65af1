import { moreStorage, moreTasks, taskWithMoreMemory } from '../../../alarms/assessment/advice/next-values';

describe('one step up', () => {
  it.each([
    [1, 3],
    [2, 4],
    [4, 6],
    [5, 8],
    [6, 9],
    [5_000, 5_000],
  ])('of %i tasks is two more or half as many more, up to what ECS runs: %i', (tasks, more) => {
    expect(moreTasks(tasks)).toBe(more);
  });

  it.each([
    [20, 30],
    [25, 40],
    [100, 150],
    [65_536, 65_536],
  ])('of %i GB is half as much more in tens, up to what RDS gives: %i', (gb, more) => {
    expect(moreStorage(gb)).toBe(more);
  });

  it('of memory is half as much more', () => {
    expect(taskWithMoreMemory({ cpu: 1_024, memoryMiB: 2_048 })).toEqual({ cpu: 1_024, memoryMiB: 3_072 });
  });
});
