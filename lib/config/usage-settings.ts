import * as z from 'zod';
import { figureOf, isFormula, type UsageName, usageNames } from '../usage/monthly-usage';
import { amount } from './schemas';

/** Figures of a month that a store may know better; what the template says is not among them. */
export const settableUsage = usageNames.filter((name) => figureOf(name).value !== 'template');

/** A value that fits, for an example in an error. */
function exampleOf(name: UsageName): number {
  const { value, least, most } = figureOf(name);
  return typeof value === 'number' && value > 0 ? value : Math.min(most, Math.max(least, 3_000));
}

function schemaOf(name: UsageName) {
  const { meaning, value, least, most, unit } = figureOf(name);
  const follows = isFormula(value) ? `; otherwise ${value.text}` : '';
  return amount({ from: least, to: most, example: exampleOf(name), ...(unit && { unit }) }).describe(`${meaning}${follows}`);
}

export const usage = z
  .strictObject(Object.fromEntries(settableUsage.map((name) => [name, schemaOf(name)])) as Record<UsageName, z.ZodNumber>)
  .exactPartial();
