import type { Month } from '../../usage/month';
import { figureOf, isFormula, type UsageName, usageNames } from '../../usage/monthly-usage';
import { endsOf } from '../../usage/uncertainty';

/** What the rules assume beside the figures of a month. */
const statements = {
  queuesShareEqually: 'every queue except dead-letter queues has the same share of messages and polls',
  viewersOnContinent: "all viewers are on the region's continent",
  everyRequestRunsAFunction: 'a CloudFront Function runs for each viewer request: an upper bound',
} as const;

type StatementName = keyof typeof statements;
export type AssumptionName = UsageName | StatementName;

export interface Assumption {
  readonly name: AssumptionName;
  /** @default - a statement without a figure */
  readonly value?: number;
  readonly description: string;
  /** What it follows from: `visits × pagesPerVisit`. @default - it follows from nothing */
  readonly formula?: string;
  /** The store's own figure. */
  readonly given?: true;
  /** How far off it may be. @default - it is not varied */
  readonly range?: { readonly low: number; readonly high: number; readonly why: string };
}

/** Figures that lines of the bill rest on, with those from which they follow, and the statements of these lines. */
export function assumptionsOf(names: Iterable<AssumptionName>, month: Month): readonly Assumption[] {
  const used = new Set<AssumptionName>();
  const add = (name: AssumptionName): void => {
    if (used.has(name)) return;
    used.add(name);
    if (!isStatement(name)) for (const part of partsOf(name, month)) add(part);
  };
  for (const name of names) add(name);
  const figures = usageNames.filter((name) => used.has(name)).map((name) => figureAssumption(name, month));
  const said = [...used].filter(isStatement).map((name) => ({ name, description: statements[name] }));
  return [...figures, ...said];
}

const isStatement = (name: AssumptionName): name is StatementName => name in statements;

/** Names in the formula of a figure; of one that is given none. */
function partsOf(name: UsageName, { given }: Month): readonly UsageName[] {
  const { value } = figureOf(name);
  if (!isFormula(value) || given[name] !== undefined) return [];
  const inText = new Set(value.text.match(/[a-z]\w*/gi));
  return usageNames.filter((other) => inText.has(other));
}

function figureAssumption(name: UsageName, { usage, given }: Month): Assumption {
  const { meaning: description, value, range } = figureOf(name);
  const own = given[name] !== undefined;
  return {
    name,
    value: usage[name],
    description,
    ...(isFormula(value) && !own && { formula: value.text }),
    ...(own && { given: true }),
    ...(range && !own && { range: { ...endsOf(name, usage[name]), why: range.why } }),
  };
}
