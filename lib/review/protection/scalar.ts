import type { Json } from '../../template/template';

/** Text of a plain value: CloudFormation takes `false` and `"false"`, `1` and `"1"`. Undefined for what has to be computed. */
export function scalar(value: Json): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
