import type { AlarmDefinition } from '../definition';
import type { StoreShown } from './dashboard-context';
import { graph, type Line } from './graph';
import { readAs, readingOf, titleWith } from './reading';
import type { Panel } from './rows';
import { thresholdLines } from './threshold-lines';

export interface RuleGraph {
  /** In plain words; the unit follows from the rules. */
  readonly title: string;
  /** Rules of one unit, each with what its series is called; an instance's name follows it. */
  readonly rules: Readonly<Record<string, string>>;
  /** @default - all */
  readonly instances?: (instance: string | undefined) => boolean;
  /** Beside the thresholds. @default - none */
  readonly lines?: readonly Line[];
}

/** What alarms watch, with a line at each threshold: all of it is the definitions' own. Undefined: the store has none of them. */
export function ruleGraph(store: StoreShown, { title, rules, instances = () => true, lines = [] }: RuleGraph): Panel | undefined {
  const definitions = Object.keys(rules)
    .flatMap((rule) => store.catalogue.alarms.filter((alarm) => alarm.rule === rule))
    .filter(({ instance }) => instances(instance));
  const [first] = definitions;
  if (!first) return undefined;
  const thresholds = definitions.map(({ threshold }) => threshold);
  const reading = readingOf(first.signal.unit, thresholds);
  const nameOf = ({ rule, instance = '' }: AlarmDefinition) => `${rules[rule]} ${instance}`.trim();
  const oneALevel = new Map(definitions.map((definition) => [nameOf(definition), definition]));
  return graph(store, {
    title: titleWith(title, reading),
    series: [...oneALevel].map(([label, { signal, window }]) => ({
      label,
      signal: readAs(signal, reading),
      periodSeconds: window.periodSeconds,
    })),
    lines: [...thresholdLines(definitions, reading, nameOf), ...lines],
  });
}
