import { fails, holds, type Point } from '../point';

export const twoTasks: Point = {
  name: 'two tasks',
  needs: 'good steps',
  look: async (run) => {
    const first = await run.main();
    const second = await run.start(first.program);
    const unheard = await run.untilListens(second);
    if (unheard !== undefined) return fails(`beside another task, ${unheard}; a second task runs in every deployment`);
    const wrong = await run.trySteps([first, second]);
    await second.stop(run.props.limits.stopSeconds);
    if (wrong === undefined) return holds('requests of one user that go to two tasks in turn come as expected');
    return fails(
      `with two tasks in turn, ${wrong}; what one task remembers the others do not know: keep it in the database or the cache`,
    );
  },
};
