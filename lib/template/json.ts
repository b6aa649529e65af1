export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

export function member(value: Json, key: string): Json {
  return typeof value === 'object' && value !== null && !isList(value) ? value[key] : undefined;
}

/** `Array.isArray` does not narrow read-only arrays. */
export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Text of a plain value: CloudFormation takes `false` and `"false"`, `1` and `"1"`. Undefined for what has to be computed. */
export function scalar(value: Json): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Those of a list; none of anything else. */
export function elements(value: Json): readonly Json[] {
  return isList(value) ? value : [];
}

/** `Ref`, `Fn::GetAtt` and the like: CloudFormation puts a value in its place when it deploys. */
export function functionOf(value: Json): { readonly name: string; readonly argument: Json } | undefined {
  if (typeof value !== 'object' || value === null || isList(value)) return undefined;
  const [first, ...others] = Object.entries(value);
  if (!first || others.length > 0) return undefined;
  const [name, argument] = first;
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument } : undefined;
}

/** Text that only a deployment puts together or looks up: `{{resolve:ssm:/store/size}}`. */
export function isDynamicReference(value: Json): boolean {
  return typeof value === 'string' && value.includes('{{resolve:');
}
