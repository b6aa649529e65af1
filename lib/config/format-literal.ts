/** A value as a person would write it; never throws and never long, whatever stands in the context. */
export function formatLiteral(value: unknown): string {
  if (Array.isArray(value)) {
    const plain = value.length <= 8 && value.every((entry) => typeof entry === 'string' || typeof entry === 'number');
    return plain ? clip(literal(value)) : `a list of ${value.length}`;
  }
  if (typeof value === 'string') return clip(JSON.stringify(value));
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'symbol') return value.description ?? '';
  return typeof value === 'function' ? 'a function' : String(value);
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

export function literal(value: unknown): string {
  return (JSON.stringify(value, null, 1) ?? 'null').replaceAll(/\n\s*/g, ' ').replaceAll('[ ', '[').replaceAll(' ]', ']');
}
