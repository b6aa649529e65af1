import { type Finding, notSeen, type Point, type Verdict } from './point';
import type { Run } from './run';

/** Looks at each point, one after the other; `onFinding` is told of each at once. */
export async function lookAt(
  points: readonly Point[],
  run: Run,
  onFinding: (finding: Finding) => void,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const point of points) {
    const finding = { point: point.name, ...(await verdictOf(point, run)) };
    findings.push(finding);
    onFinding(finding);
  }
  return findings;
}

async function verdictOf({ needs, look }: Point, run: Run): Promise<Verdict> {
  if (needs === undefined) return look(run);
  if ((await run.listening()).length === 0) return notSeen('nothing listens, see port');
  if (needs !== 'answers' && run.steps.length === 0)
    return notSeen('the file has no steps → "probe": { "steps": [{ "request": { "path": "/" } }] }');
  if (needs === 'good steps' && (await run.exercised()) !== undefined)
    return notSeen('the steps do not come as expected without it');
  return look(run);
}
