import { type CloudFormationTemplate, isList, type Json, member } from './template';
import { parseYaml } from './yaml-template';

export type ReadTemplate = { readonly template: CloudFormationTemplate } | { readonly problem: string };

/**
 * A CloudFormation template in JSON or YAML, by itself or in the answer of `aws cloudformation get-template`. A problem is one line that
 * begins with the name.
 */
export function readTemplateFile(text: string, name: string): ReadTemplate {
  if (text.trim() === '') return { problem: `${name} is empty` };
  if (text.includes('\0')) return { problem: `${name} is UTF-16: save it as UTF-8` };
  const parsed = parse(text.replace(/^\uFEFF/, ''));
  if ('problem' in parsed) return { problem: `${name} ${parsed.problem}` };
  const body = member(parsed.value, 'TemplateBody');
  if (typeof body === 'string') return readTemplateFile(body, name);
  const template = body ?? parsed.value;
  const problem = problemOf(template);
  // Its resources have been looked at, and the review reads everything else as what it may be.
  return problem === undefined ? { template: template as CloudFormationTemplate } : { problem: `${name} ${problem}` };
}

type Parsed = { readonly value: Json } | { readonly problem: string };

function parse(text: string): Parsed {
  if (/^\s*[{[]/.test(text)) return parseJson(text);
  const parsed = parseYaml(text);
  return 'problem' in parsed ? { problem: `is neither JSON nor YAML: ${parsed.problem}` } : parsed;
}

function parseJson(text: string): Parsed {
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, position] = /at position (\d+)/.exec(message) ?? [];
    const truncated = position === undefined || Number(position) >= text.trimEnd().length || message.startsWith('Unterminated');
    return { problem: truncated ? 'is truncated: its JSON ends too early' : `is not JSON: ${message.split('\n')[0]}` };
  }
}

/** What people give instead: a key that only it has, and what to give. */
const mistaken: readonly (readonly [key: string, problem: string])[] = [
  ['artifacts', 'is a manifest of the CDK; the template lies beside it: *.template.json'],
  ['Changes', 'is a change set; give the template: aws cloudformation get-template --stack-name NAME'],
  ['StackResources', 'lists the resources of a stack; give the template: aws cloudformation get-template --stack-name NAME'],
  [
    'StackResourceSummaries',
    'lists the resources of a stack; give the template: aws cloudformation get-template --stack-name NAME',
  ],
  ['Stacks', 'describes stacks; give the template: aws cloudformation get-template --stack-name NAME'],
];

function problemOf(template: Json): string | undefined {
  const resources = member(template, 'Resources');
  if (resources === undefined || resources === null) {
    const [, problem] = mistaken.find(([key]) => member(template, key) !== undefined) ?? [];
    return problem ?? 'is not a template: it has no Resources';
  }
  if (typeof resources !== 'object' || isList(resources)) return 'is not a template: its Resources are not a map by logical ID';
  const ids = Object.keys(resources);
  if (ids.length === 0) return 'is not a template: its Resources are empty';
  const loop = ids.find((id) => id.startsWith('Fn::'));
  if (loop !== undefined) return `has ${loop}, which is not reviewed; give the template as CloudFormation has expanded it`;
  const nameless = ids.find((id) => typeof member(member(resources, id), 'Type') !== 'string');
  return nameless === undefined ? undefined : `is not a template: its resource ${nameless} has no Type`;
}
