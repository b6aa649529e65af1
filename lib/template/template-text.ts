import type { CloudFormationResource, CloudFormationTemplate } from './template';

const written = new WeakMap<CloudFormationTemplate, ReadonlyMap<string, string>>();

/** Each resource of a template as text, by logical ID: to see at once what is equal, which most of a template is. */
export function textOf(template: CloudFormationTemplate): ReadonlyMap<string, string> {
  const found = written.get(template);
  if (found) return found;
  const texts = new Map(Object.entries(template.Resources ?? {}).map(([id, resource]) => [id, JSON.stringify(resource)]));
  written.set(template, texts);
  return texts;
}

/** Of the template itself: a logical ID may be called `constructor`. */
export function resourceOf(
  { Resources }: Pick<CloudFormationTemplate, 'Resources'>,
  id: string,
): CloudFormationResource | undefined {
  return Resources && Object.hasOwn(Resources, id) ? Resources[id] : undefined;
}

/** The template with some of its resources alone, and nothing else. */
export function only(ids: readonly string[], template: CloudFormationTemplate): CloudFormationTemplate {
  const found = ids.map((id) => [id, resourceOf(template, id)] as const);
  return { Resources: Object.fromEntries(found.flatMap(([id, resource]) => (resource ? [[id, resource]] : []))) };
}
