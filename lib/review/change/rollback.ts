import { blocksIn, interruptionsIn, verdictOf } from './collect';
import type { Finding } from './finding';
import type { WayBack } from './types';

/** The same change in reverse. */
export function wayBack(from: string, to: string, findings: readonly Finding[]): WayBack {
  const verdict = verdictOf(findings);
  const blocks = blocksIn(findings);
  const change = `${from} → ${to}`;
  const words = {
    blocked: `${change} is blocked: ${blocks.map(({ reason }) => reason).join('; ')}`,
    interrupts: `${change} interrupts again: ${interruptionsIn(findings)
      .map(({ part }) => part)
      .filter((part, index, all) => all.indexOf(part) === index)
      .join(', ')}`,
    'not judged': `${change} is not judged: ${texts(findings, 'not judged').join('; ')}`,
    safe: `${change} is safe`,
  };
  return { verdict, words: words[verdict], wayRound: [...new Set(blocks.flatMap(({ wayRound }) => wayRound))] };
}

function texts(findings: readonly Finding[], wanted: Finding['kind']): readonly string[] {
  return [...new Set(findings.flatMap(({ kind, words }) => (kind === wanted ? [words] : [])))];
}
