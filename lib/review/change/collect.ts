import { otherPart } from './compare';
import type { Finding } from './finding';
import { type Block, type Downtime, type Effect, effectKinds, type PartChange, type Rollback, type Verdict } from './types';

export function verdictOf(findings: readonly Finding[]): Verdict {
  if (findings.some(({ block, lost }) => block ?? lost)) return 'blocked';
  if (findings.some(({ kind }) => kind === 'not judged')) return 'not judged';
  if (findings.some(({ downtime }) => downtime)) return 'downtime';
  return findings.some(({ kind }) => kind === 'data-copied') ? 'degraded' : 'safe';
}

/** By part, the most serious first, and within it too; what is summed up comes last. */
export function partsIn(findings: readonly Finding[]): readonly PartChange[] {
  const parts = [...Map.groupBy(findings, ({ part }) => part)].map(([part, all]) => ({
    part,
    effects: effectsIn(all).toSorted((one, other) => rank(one) - rank(other)),
  }));
  return parts.toSorted((one, other) => rankOfPart(one) - rankOfPart(other));
}

const rank = ({ kind }: Effect): number => effectKinds.indexOf(kind);

const rankOfPart = ({ part, effects: [first] }: PartChange): number =>
  !first || (part === otherPart && first.kind === 'updated') ? effectKinds.length : rank(first);

/** What happens to several resources alike is one effect; of many that are refused for one reason there is an example. */
function effectsIn(findings: readonly Finding[]): Effect[] {
  return [...Map.groupBy(withExamples(findings), ({ kind, text }) => `${kind} ${text}`).values()].flatMap((alike) => {
    const [first] = alike;
    if (!first) return [];
    const text = alike.length === 1 || first.kind === 'blocked' ? first.text : `${alike.length} × ${first.text}`;
    return [{ kind: first.kind, text, resources: alike.flatMap(({ resources }) => resources) }];
  });
}

/** From so many blocks of one rule in a part on, one example stands for all. */
const many = 10;

const ruleInPart = ({ part, block }: Finding) => block && `${part} ${block.rule}`;

function withExamples(findings: readonly Finding[]): readonly Finding[] {
  const alike = Map.groupBy(findings, ruleInPart);
  return findings.map((finding) => {
    const [first, ...others] = (finding.block && alike.get(ruleInPart(finding))) ?? [];
    if (!first?.block || others.length + 1 < many) return finding;
    return { ...finding, text: `${others.length + 1} similar, for example ${first.text}`, block: first.block };
  });
}

export function downtimesIn(findings: readonly Finding[]): readonly Downtime[] {
  const all = findings.flatMap(({ part, text, downtime }) =>
    downtime ? [{ part, text, seconds: { from: downtime.from, to: downtime.to }, source: downtime.source }] : [],
  );
  return [...new Map(all.map((one) => [`${one.part} ${one.text}`, one])).values()];
}

export function irreversibleIn(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.flatMap(({ irreversible, text }) => (irreversible === true ? text : (irreversible ?? []))))];
}

export function blocksIn(findings: readonly Finding[]): readonly Block[] {
  const blocks = withExamples(findings).flatMap(({ block, text: reason, part, resources }) =>
    block ? [{ ...block, part, resources, reason }] : [],
  );
  return [...Map.groupBy(blocks, ({ rule, reason }) => `${rule} ${reason}`).values()].flatMap((alike) => {
    const [first] = alike;
    return first ? [{ ...first, resources: alike.flatMap(({ resources }) => resources) }] : [];
  });
}

const distinct = (texts: readonly string[], separator: string): string => [...new Set(texts)].join(separator);

/** @param change its name, `medium → small` @param findings of the change in reverse */
export function rollbackOf(change: string, findings: readonly Finding[]): Rollback {
  const verdict = verdictOf(findings);
  const blocks = blocksIn(findings);
  const reasons = blocks.map(({ reason }) => reason);
  const parts = downtimesIn(findings).map(({ part }) => part);
  const unjudged = findings.flatMap(({ kind, text }) => (kind === 'not judged' ? [text] : []));
  const text = {
    blocked: `is blocked: ${distinct(reasons, '; ')}`,
    downtime: `has downtime again: ${distinct(parts, ', ')}`,
    'not judged': `is not judged: ${distinct(unjudged, '; ')}`,
    degraded: 'is slower for hours again',
    safe: 'is safe',
  }[verdict];
  return { verdict, text: `${change} ${text}`, workaround: [...new Set(blocks.flatMap(({ workaround }) => workaround))] };
}
