import type { CloudFormationTemplate } from '../template';

const written = new WeakMap<CloudFormationTemplate, ReadonlyMap<string, string>>();

/** Each resource of a template as text, by logical ID: to see at once what is equal, which most of a template is. */
export function textOf(template: CloudFormationTemplate): ReadonlyMap<string, string> {
  const found = written.get(template);
  if (found) return found;
  const texts = new Map(Object.entries(template.Resources ?? {}).map(([id, resource]) => [id, JSON.stringify(resource)]));
  written.set(template, texts);
  return texts;
}

/** The template with some of its resources alone, and nothing else. */
export function only(ids: readonly string[], { Resources }: CloudFormationTemplate): CloudFormationTemplate {
  return { Resources: Object.fromEntries(ids.flatMap((id) => (Resources?.[id] ? [[id, Resources[id]]] : []))) };
}
