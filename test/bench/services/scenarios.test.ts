import { isScenario, loadOf, scenarioNames, scenarios } from '../../../bench/services/scenarios';

it('shortens each stage and keeps its users', () => {
  expect(loadOf(scenarios.stages, 0.1)).toEqual({
    stages: [
      { seconds: 12, users: 100 },
      { seconds: 30, users: 100 },
      { seconds: 12, users: 1_000 },
      { seconds: 30, users: 1_000 },
      { seconds: 12, users: 0 },
    ],
    users: 1_000,
    thinkSeconds: 1,
    plateau: { from: 57, to: 81 },
  });
});

it.each(scenarioNames)('has its plateau where the most users of %s stay', (name) => {
  const { stages, plateau } = scenarios[name];
  const [before, at] = [stages[plateau - 1], stages[plateau]];
  expect(at?.users).toBe(before?.users);
  expect(at?.users).toBe(Math.max(...stages.map(({ users }) => users)));
});

it('knows the documents’ loads by their parts', () => {
  expect(['stages', 'stages-normal', 'stages-viral', 'drop', undefined].map(isScenario)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
