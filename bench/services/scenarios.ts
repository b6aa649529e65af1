import type { Stage } from './k6';

/** A load that a document describes. */
export interface Scenario {
  /** Of its section on the page. */
  readonly heading: string;
  readonly source: string;
  readonly stages: readonly Stage[];
  /** Seconds that a user thinks after each step. */
  readonly thinkSeconds: number;
  /** Index of the stage in which the most users stay. */
  readonly plateau: number;
}

/** By the name of their part of the benchmarks. */
export const scenarios = {
  /** Two minutes to 100 users, five at 100, two to 1,000, five at 1,000, two to none; a second to think is an assumption. */
  stages: {
    heading: 'The documents’ load test',
    source: '[growth-plan]',
    stages: [
      { seconds: 120, users: 100 },
      { seconds: 300, users: 100 },
      { seconds: 120, users: 1_000 },
      { seconds: 300, users: 1_000 },
      { seconds: 120, users: 0 },
    ],
    thinkSeconds: 1,
    plateau: 3,
  },
  /** 100 users at once for an hour. How they come and go, and a second to think, are assumptions. */
  'stages-normal': {
    heading: 'Normal traffic: 100 users for an hour',
    source: '[drop-store], scenario 1',
    stages: [
      { seconds: 60, users: 100 },
      { seconds: 3_600, users: 100 },
      { seconds: 60, users: 0 },
    ],
    thinkSeconds: 1,
    plateau: 1,
  },
  /** 5,000 users at once for two hours. How they come and go, and five seconds to think, as people who read a page do, are assumptions. */
  'stages-viral': {
    heading: 'A viral campaign: 5,000 users for two hours',
    source: '[drop-store], scenario 3',
    stages: [
      { seconds: 600, users: 5_000 },
      { seconds: 7_200, users: 5_000 },
      { seconds: 300, users: 0 },
    ],
    thinkSeconds: 5,
    plateau: 1,
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
export const scenarioNames = Object.keys(scenarios) as ScenarioName[];
export const isScenario = (name: string | undefined): name is ScenarioName => scenarioNames.some((known) => known === name);

export interface Load {
  readonly stages: readonly Stage[];
  readonly users: number;
  readonly thinkSeconds: number;
  /** Seconds from the start between which the most users are there, without the first and the last tenth. */
  readonly plateau: { readonly from: number; readonly to: number };
}

/** `factor` shortens each stage: 0.1 is a tenth of its time. */
export function loadOf({ stages, thinkSeconds, plateau }: Scenario, factor: number): Load {
  const shorter = stages.map(({ seconds, users }) => ({ seconds: Math.round(seconds * factor), users }));
  const before = shorter.slice(0, plateau).reduce((sum, { seconds }) => sum + seconds, 0);
  const length = shorter[plateau]?.seconds ?? 0;
  return {
    stages: shorter,
    users: Math.max(...shorter.map(({ users }) => users)),
    thinkSeconds,
    plateau: { from: before + length * 0.1, to: before + length * 0.9 },
  };
}
