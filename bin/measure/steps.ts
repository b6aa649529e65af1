/** What one step of load gave. */
export interface Step {
  readonly connections: number;
  readonly requestsPerSecond: number;
  readonly p95Milliseconds: number;
  /** Share of requests that failed, timed out or were answered with 5xx: 0 to 1. */
  readonly failed: number;
}

export interface Limits {
  readonly p95Milliseconds: number;
  /** Connections at the most. */
  readonly connections: number;
}

/** Loads the app for a while. @throws MeasureError where it does not answer */
export type Load = (connections: number) => Promise<Omit<Step, 'connections'>>;

/** Why nothing was measured; the message is the whole text for the user. */
export class MeasureError extends Error {}

/** Of the requests; above it the documents call a store failing [right-sizing]. */
const mostFailed = 0.01;

/** Twice the connections that bring less than this more are the end of what the app takes. */
const leastGain = 1.05;

export interface Measurement {
  readonly steps: readonly Step[];
  /** The most requests a second within the limits. */
  readonly best: Step;
  readonly endedBy: 'p95' | 'errors' | 'no more' | 'connections';
}

/** Twice the connections each time, until answers are too slow, fail, or become no more. */
export async function climb(load: Load, limits: Limits): Promise<Measurement> {
  const steps: Step[] = [];
  for (let connections = 1; connections <= limits.connections; connections *= 2) {
    const step = { connections, ...(await load(connections)) };
    steps.push(step);
    if (step.failed > mostFailed) return ended(steps, limits, 'errors');
    if (step.p95Milliseconds > limits.p95Milliseconds) return ended(steps, limits, 'p95');
    const [, twoBefore] = steps.toReversed().slice(1);
    if (twoBefore && step.requestsPerSecond < twoBefore.requestsPerSecond * leastGain) return ended(steps, limits, 'no more');
  }
  return ended(steps, limits, 'connections');
}

function ended(steps: readonly Step[], limits: Limits, endedBy: Measurement['endedBy']): Measurement {
  const within = steps.filter(({ failed, p95Milliseconds }) => failed <= mostFailed && p95Milliseconds <= limits.p95Milliseconds);
  const [best] = within.toSorted((one, other) => other.requestsPerSecond - one.requestsPerSecond);
  const [first] = steps;
  if (best) return { steps, best, endedBy };
  throw new MeasureError(
    `Nothing was measured: with one connection ${percent(first?.failed ?? 1)} of the requests failed and p95 was ${Math.round(first?.p95Milliseconds ?? 0)} ms; allowed are ${percent(mostFailed)} and ${limits.p95Milliseconds} ms.\nLoad paths that answer, or allow more by --p95.`,
  );
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

/**
 * CPU time of a request, µs, if the app's tasks were busy at the best step.
 * @param vcpu what one task may use
 */
export const cpuMicroseconds = ({ requestsPerSecond }: Step, tasks: number, vcpu: number): number =>
  Math.max(1, Math.round((tasks * vcpu * 1e6) / requestsPerSecond));
