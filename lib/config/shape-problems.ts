import * as z from 'zod';
import { closestMatch } from './closest-match';
import type { Problem } from './config-error';
import { formatLiteral, literal } from './format-literal';
import { isObject } from './is-object';
import { type Hint, hints, once } from './schemas';
import { lineAt, pathUnder } from './setting-path';

type Schema = z.core.$ZodType;

/** A value, the schema that it should fit, and where it stands. */
interface Spot {
  readonly schema: Schema;
  readonly value: unknown;
  readonly path: string;
  readonly missing?: boolean;
}

/** What keeps a value from its schema: Zod's issues, told with what is allowed and a line to paste. */
export function shapeProblems(schema: Schema, value: unknown, path: string): readonly Problem[] {
  const spotAt = (keys: readonly PropertyKey[]) => keys.reduce(under, { schema, value, path });
  const problems = (z.safeParse(schema, value, once).error?.issues ?? []).flatMap((issue) => {
    const spot = spotAt(issue.path);
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(spot, key));
    if (issue.code === 'invalid_key') return [badName(spot, spotAt(issue.path.slice(0, -1)))];
    const isChosen = issue.code === 'invalid_union' && !(spot.schema instanceof z.ZodUnion);
    return isChosen ? shapeProblems(spot.schema, spot.value, spot.path) : [refused(spot)];
  });
  return [...new Map(problems.map((problem) => [problem.path, problem])).values()]; // a text may fail two checks
}

function under({ schema, value, path }: Spot, key: PropertyKey): Spot {
  const missing = typeof value !== 'object' || value === null || !Object.hasOwn(value, key);
  const part: unknown = missing ? undefined : Reflect.get(value, key);
  return { schema: chosen(partOf(schema, key), part), value: part, path: pathUnder(path, key), missing };
}

function partOf(schema: Schema, key: PropertyKey): Schema {
  if (schema instanceof z.ZodPipe) return partOf(schema.out, key);
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return (schema instanceof z.ZodObject && schema.shape[String(key)]) || schema;
}

/** Of a choice, the schema that is for values of this type. */
function chosen(schema: Schema, value: unknown): Schema {
  if (schema instanceof z.ZodExactOptional) return chosen(schema.unwrap(), value);
  if (!(schema instanceof z.ZodUnion)) return schema;
  const type = Array.isArray(value) ? 'array' : typeof value;
  const first = schema.options.map((option) => (option instanceof z.ZodPipe ? option.in : option));
  return schema.options[first.findIndex((option) => option instanceof z.ZodType && option.type === type)] ?? schema;
}

function hintOf(schema: Schema): Hint {
  if (schema instanceof z.ZodExactOptional) return hintOf(schema.unwrap());
  if (schema instanceof z.ZodUnion) {
    const options = schema.options.map(hintOf);
    return { allowed: options.map(({ allowed }) => allowed).join(', or: '), example: options[0]?.example };
  }
  if (schema instanceof z.ZodObject) return { allowed: 'an object is allowed', example: exampleOf(schema), ...hints.get(schema) };
  return hints.get(schema) ?? {};
}

/** What an object needs, or the first of what it may have. */
function exampleOf({ shape }: z.ZodObject): object {
  const parts = Object.entries(shape);
  const needed = parts.filter(([, part]) => !(part instanceof z.ZodExactOptional));
  return Object.fromEntries((needed.length > 0 ? needed : parts.slice(0, 1)).map(([key, part]) => [key, hintOf(part).example]));
}

function refused({ schema, value, path, missing }: Spot): Problem {
  const { allowed = '', example, meant, hidden } = hintOf(schema);
  if (missing) return { rule: 'shape', path, got: 'is missing', allowed, fix: [lineAt(path, example)] };
  const better = meant?.(value);
  return {
    rule: 'shape',
    path,
    got: `is ${hidden && !isObject(value) ? 'another value, not shown here' : formatLiteral(value)}`,
    allowed: typeof better === 'string' ? `did you mean ${JSON.stringify(better)}?` : allowed,
    fix: [lineAt(path, better ?? example)],
  };
}

function badName({ path }: Spot, { schema }: Spot): Problem {
  const name = schema instanceof z.ZodPipe && schema.out instanceof z.ZodRecord ? hintOf(schema.out.keyType) : {};
  return { rule: 'shape', path, got: 'is not a valid name', allowed: name.allowed ?? '', fix: [literal(hintOf(schema).example)] };
}

function unknownKey({ schema, path: parent }: Spot, key: string): Problem {
  const problem = { rule: 'shape', path: pathUnder(parent, key), got: 'is not a setting' };
  const { notSettings = {} } = hintOf(schema);
  if (Object.hasOwn(notSettings, key)) return { ...problem, allowed: notSettings[key] ?? '', fix: ['leave it out'] };
  const shape = schema instanceof z.ZodObject ? schema.shape : {};
  const meant = closestMatch(key, Object.keys(shape));
  if (meant === undefined) return { ...problem, allowed: `allowed are ${Object.keys(shape).join(', ')}`, fix: ['leave it out'] };
  const line = lineAt(pathUnder(parent, meant), shape[meant] && hintOf(shape[meant]).example);
  return { ...problem, allowed: `did you mean ${meant}?`, fix: [line] };
}
