import type { Resource } from '../../template/template';

/** Which key a property names, in words; undefined where it names none. */
export function describeKey(resource: Resource, path: string): string | undefined {
  const value = resource.value(path);
  if (value === undefined) return undefined;
  const [own] = resource.references(path);
  if (own?.type === 'AWS::KMS::Key' || own?.type === 'AWS::KMS::Alias') return 'a key of the stack';
  return isManagedByAws(value) ? 'a key that AWS manages' : 'a key from elsewhere';
}

function isManagedByAws(value: unknown): boolean {
  return typeof value === 'string' && /alias\/aws\//.test(value);
}
