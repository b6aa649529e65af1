import type { Document, Node, Pair } from 'yaml';
import type { Json } from './template';

/** A template in YAML as the JSON that it stands for, CloudFormation's short forms of functions written out: `!Ref A` is `{ "Ref": "A" }`. */
export function parseYaml(text: string): { readonly value: Json } | { readonly problem: string } {
  const yaml = require('yaml') as typeof import('yaml'); // most templates are JSON
  const document: Document = yaml.parseDocument(text, { logLevel: 'silent', prettyErrors: false, stringKeys: true });
  const [error] = document.errors;
  if (error) return { problem: `line ${lineOf(text, error.pos[0])}: ${error.message.split('\n')[0]}` };
  let alias: string | undefined;
  yaml.visit(document, {
    Alias: (_, { source }) => {
      alias ??= source;
      return yaml.visit.BREAK;
    },
  });
  if (alias !== undefined) return { problem: `it has the alias *${alias}, which CloudFormation does not take` };
  return { value: valueOf(document.contents, yaml) };
}

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

function valueOf(node: unknown, yaml: typeof import('yaml')): Json {
  if (!yaml.isNode(node)) return null;
  return written(node, plain(node, yaml));
}

function plain(node: Node, yaml: typeof import('yaml')): Json {
  if (yaml.isSeq(node)) return node.items.map((item) => valueOf(item, yaml));
  if (yaml.isMap(node)) return Object.fromEntries(node.items.map((pair) => entry(pair, yaml)));
  const value = yaml.isScalar(node) ? node.value : null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function entry({ key, value }: Pair, yaml: typeof import('yaml')): [string, Json] {
  const name = yaml.isScalar(key) ? String(key.value) : '';
  const content = valueOf(value, yaml);
  return [name, name === 'Fn::GetAtt' ? attribute(content) : content];
}

/** Functions whose long form has no `Fn::` before it. */
const bare = new Set(['Ref', 'Condition']);

function written({ tag }: Node, value: Json): Json {
  if (tag === undefined || !/^![A-Za-z]/.test(tag)) return value;
  const name = tag.slice(1);
  if (bare.has(name)) return { [name]: value };
  return { [`Fn::${name}`]: name === 'GetAtt' ? attribute(value) : value };
}

/** `Database.Endpoint.Port`: what stands before the first dot is the resource. */
function attribute(value: Json): Json {
  if (typeof value !== 'string' || !value.includes('.')) return value;
  const dot = value.indexOf('.');
  return [value.slice(0, dot), value.slice(dot + 1)];
}
