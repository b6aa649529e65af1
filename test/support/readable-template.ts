import { Document, Scalar, type YAMLMap } from 'yaml';

/**
 * A template as people review it: YAML with the short forms `!Ref`, `!GetAtt` and `!Sub`, JSON within strings as what it holds.
 * Keys are sorted, since CloudFormation reads no order from them: code that only moves changes no line. Asset hashes are blank: a change
 * of a service's code changes none either.
 */
export function readableTemplate(template: object): string {
  const document = new Document(readable(template), { sortMapEntries: typeFirst, aliasDuplicateObjects: false });
  return document.toString({ lineWidth: 0 }).replaceAll(/[0-9a-f]{64}/g, '<asset hash>');
}

function typeFirst({ key: one }: { key: unknown }, { key: other }: { key: unknown }): number {
  const [a, b] = [one, other].map((key) => (key instanceof Scalar ? String(key.value) : String(key))) as [string, string];
  if (a === 'Type' || b === 'Type') return a === 'Type' ? -1 : 1;
  return a < b ? -1 : 1;
}

function readable(value: unknown): unknown {
  const text = textOf(value);
  if (text !== undefined) return parsed(text) ?? (typeof value === 'string' ? value : tagged('!Sub', text));
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  const reference = referenceIn(value);
  if (reference !== undefined) return tagged(reference.includes('.') ? '!GetAtt' : '!Ref', reference);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, readable(part)]));
}

/** A string, or one that CloudFormation joins of strings and references, written as `Fn::Sub` writes it. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const pieces = only(value, 'Fn::Join') as [string, unknown] | undefined;
  if (!Array.isArray(pieces?.[1])) return undefined;
  const texts = pieces[1].map((piece) => (typeof piece === 'string' ? piece.replaceAll('${', '${!') : placeholder(piece)));
  return texts.every((text) => text !== undefined) ? texts.join(pieces[0]) : undefined;
}

function placeholder(piece: unknown): string | undefined {
  const reference = referenceIn(piece);
  return reference === undefined ? undefined : `\${${reference}}`;
}

/** `Id` of a `Ref`, `Id.Attribute` of a `Fn::GetAtt`. */
function referenceIn(value: unknown): string | undefined {
  const id = only(value, 'Ref');
  if (typeof id === 'string') return id;
  const attribute = only(value, 'Fn::GetAtt');
  return Array.isArray(attribute) && attribute.every((part) => typeof part === 'string') ? attribute.join('.') : undefined;
}

function only(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const [[name, argument] = [], ...others] = Object.entries(value);
  return name === key && others.length === 0 ? argument : undefined;
}

/** What a string holds that is JSON of an object or a list: the body of a dashboard, the message of an event. */
function parsed(text: string): YAMLMap | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const node = new Document(JSON.parse(text) as object, { sortMapEntries: typeFirst, aliasDuplicateObjects: false }).contents;
    if (node) node.tag = '!JSON';
    return node as YAMLMap;
  } catch {
    return undefined;
  }
}

function tagged(tag: string, text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.tag = tag;
  return scalar;
}
