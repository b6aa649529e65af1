export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

export function member(value: Json, key: string): Json {
  return typeof value === 'object' && value !== null && !isList(value) ? value[key] : undefined;
}

/** `Array.isArray` does not narrow read-only arrays. */
export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
