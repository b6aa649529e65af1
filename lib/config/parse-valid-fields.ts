import * as z from 'zod';
import { isObject } from './is-object';
import { once } from './schemas';

/**
 * The entries of an object that fit their schemas, and of an object within it what is left where that still fits: what the
 * rules can judge although something else is wrong.
 */
export function parseValidFields<S extends z.ZodObject>({ shape }: S, value: unknown): Partial<z.infer<S>> {
  const given = isObject(value) ? value : {};
  const entries = Object.entries(shape).flatMap(([key, schema]) => {
    if (!Object.hasOwn(given, key)) return [];
    const whole = z.safeParse(schema, given[key], once);
    if (whole.success) return [[key, whole.data]];
    const object = schema instanceof z.ZodExactOptional ? schema.unwrap() : schema;
    const rest = object instanceof z.ZodObject ? z.safeParse(object, parseValidFields(object, given[key]), once) : whole;
    return rest.success ? [[key, rest.data]] : [];
  });
  return Object.fromEntries(entries) as Partial<z.infer<S>>;
}
