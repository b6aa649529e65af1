import type { Finding } from './finding';
import { otherPart } from './part-of';
import { type Block, type Downtime, type Effect, effectKinds, type PartChange, type Verdict } from './types';

export function verdictOf(findings: readonly Finding[]): Verdict {
  if (findings.some(({ block, lost }) => block ?? lost)) return 'blocked';
  if (findings.some(({ kind }) => kind === 'not judged')) return 'not judged';
  return findings.some(({ downtime }) => downtime) ? 'downtime' : 'safe';
}

/** By part, the gravest first, and within it the gravest first; what is summed up comes last. */
export function partsIn(findings: readonly Finding[]): readonly PartChange[] {
  const parts = [...Map.groupBy(findings, ({ part }) => part)].map(([part, own]) => ({
    part,
    effects: effectsIn(own).toSorted((one, other) => gravity(one) - gravity(other)),
  }));
  return parts.toSorted((one, other) => rank(one) - rank(other));
}

const gravity = ({ kind }: Effect): number => effectKinds.indexOf(kind);

function rank({ part, effects: [gravest] }: PartChange): number {
  const known = gravest ? gravity(gravest) : effectKinds.length;
  return part === otherPart && gravest?.kind === 'updated' ? effectKinds.length : known;
}

/** What happens to several resources alike is said once, and of many that are refused for one reason an example. */
function effectsIn(findings: readonly Finding[]): Effect[] {
  return [...Map.groupBy(exemplary(findings), ({ kind, text }) => `${kind} ${text}`).values()].flatMap((alike) => {
    const [first] = alike;
    if (!first) return [];
    const text = alike.length === 1 || first.kind === 'blocked' ? first.text : `${alike.length} × ${first.text}`;
    return [{ kind: first.kind, text, resources: alike.flatMap(({ resources }) => resources) }];
  });
}

/** Blocks of one rule in a part that nobody reads one by one. */
const many = 10;

/** Each of many findings of one rule with the words of the first. */
function exemplary(findings: readonly Finding[]): readonly Finding[] {
  const byRule = Map.groupBy(findings, ({ part, block }) => block && `${part} ${block.rule}`);
  return findings.map((finding) => {
    const alike = finding.block ? (byRule.get(`${finding.part} ${finding.block.rule}`) ?? []) : [];
    const [first] = alike;
    if (!first?.block || alike.length < many) return finding;
    return { ...finding, text: `${alike.length} alike, for example ${first.text}`, block: first.block };
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
  const blocks = exemplary(findings).flatMap(({ block, text, part, resources }) =>
    block ? [{ reason: text, ...block, part, resources }] : [],
  );
  return [...Map.groupBy(blocks, ({ rule, reason }) => `${rule} ${reason}`).values()].flatMap((alike) => {
    const [first] = alike;
    return first ? [{ ...first, resources: alike.flatMap(({ resources }) => resources) }] : [];
  });
}
