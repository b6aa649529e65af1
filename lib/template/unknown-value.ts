import { isList, type Json } from './json';

/**
 * A property that is written in the template, but whose value only AWS knows: a Ref, Fn::GetAtt or Fn::If where a plain value is
 * needed, a parameter without a default, or a resource of which a Condition decides whether it is created.
 */
export interface UnknownValue {
  /** Logical ID. */
  readonly resource: string;
  /** Path of the property, `NodeGroups.Count`; `Condition` where it is not known whether the resource is created. */
  readonly property: string;
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
