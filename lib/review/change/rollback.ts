import { blocksIn, downtimesIn, verdictOf } from './collect';
import type { Finding } from './finding';
import type { WayBack } from './types';

/** The same change in reverse. */
export function rollbackOf(from: string, to: string, findings: readonly Finding[]): WayBack {
  const verdict = verdictOf(findings);
  const blocks = blocksIn(findings);
  const change = `${from} → ${to}`;
  const text = {
    blocked: `${change} is blocked: ${blocks.map(({ reason }) => reason).join('; ')}`,
    downtime: `${change} interrupts again: ${downtimesIn(findings)
      .map(({ part }) => part)
      .filter((part, index, all) => all.indexOf(part) === index)
      .join(', ')}`,
    'not judged': `${change} is not judged: ${texts(findings, 'not judged').join('; ')}`,
    safe: `${change} is safe`,
  };
  return { verdict, text: text[verdict], workaround: [...new Set(blocks.flatMap(({ workaround }) => workaround))] };
}

function texts(findings: readonly Finding[], wanted: Finding['kind']): readonly string[] {
  return [...new Set(findings.flatMap(({ kind, text }) => (kind === wanted ? [text] : [])))];
}
