import { type CloudFormationTemplate, isList, type Json, member } from './template';

export type ParsedTemplate = { readonly template: CloudFormationTemplate } | { readonly problem: string };

/**
 * A CloudFormation template in JSON, by itself or in the answer of `aws cloudformation get-template`. A problem is one line that
 * begins with the name.
 */
export function parseTemplate(text: string, name: string): ParsedTemplate {
  if (text.trim() === '') return { problem: `${name} is empty` };
  if (text.includes('\0')) return { problem: `${name} is UTF-16: save it as UTF-8` };
  const parsed = parseJson(text.replace(/^\uFEFF/, ''));
  if ('problem' in parsed) return { problem: `${name} ${parsed.problem}` };
  const body = member(parsed.value, 'TemplateBody');
  if (typeof body === 'string') return parseTemplate(body, name);
  const template = body ?? parsed.value;
  const problem = problemOf(template);
  // Its resources have been looked at, and the review reads everything else as what it may be.
  return problem === undefined ? { template: template as CloudFormationTemplate } : { problem: `${name} ${problem}` };
}

type Parsed = { readonly value: Json } | { readonly problem: string };

function parseJson(text: string): Parsed {
  if (!/^\s*[{[]/.test(text)) return { problem: 'is not JSON: save the template with --output json' };
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, position] = /at position (\d+)/.exec(message) ?? [];
    const truncated = position === undefined || Number(position) >= text.trimEnd().length || message.startsWith('Unterminated');
    return { problem: truncated ? 'is truncated: its JSON ends too early' : `is not JSON: ${message.split('\n')[0]}` };
  }
}

function problemOf(template: Json): string | undefined {
  const resources = member(template, 'Resources');
  if (resources === undefined || resources === null)
    return 'is not a template: it has no Resources. Save it with: aws cloudformation get-template --stack-name NAME --template-stage Original';
  if (typeof resources !== 'object' || isList(resources)) return 'is not a template: its Resources are not a map by logical ID';
  const ids = Object.keys(resources);
  if (ids.length === 0) return 'is not a template: its Resources are empty';
  const nameless = ids.find((id) => typeof member(member(resources, id), 'Type') !== 'string');
  return nameless === undefined ? undefined : `is not a template: its resource ${nameless} has no Type`;
}
