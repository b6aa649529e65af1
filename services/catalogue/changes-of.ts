import * as z from 'zod';

/** The form of a change: only what is given, and no defaults for the rest. */
export function changesOf<S extends z.ZodRawShape>({ shape }: z.ZodObject<S>) {
  const optional = Object.entries(shape).map(([name, field]) => [name, withoutDefault(field as z.ZodType).optional()]);
  return z.strictObject(Object.fromEntries(optional) as { [name in keyof S]: z.ZodOptional<Given<S[name]>> });
}

type Given<T> = T extends z.ZodDefault<infer I> ? I : T;

const withoutDefault = (field: z.ZodType): z.ZodType =>
  field instanceof z.ZodDefault ? (field.unwrap() as z.ZodType).meta({ ...field.meta() }) : field;
