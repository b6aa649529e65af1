import { type CloudFormationTemplate, type Resource, Template } from '../../template/template';

/** A template with its resources by logical ID: as objects, and as text to see at once which are equal. */
export interface IndexedTemplate {
  readonly source: CloudFormationTemplate;
  readonly template: Template;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly texts: ReadonlyMap<string, string>;
}

export function indexTemplate(source: CloudFormationTemplate): IndexedTemplate {
  const template = new Template(source);
  return {
    source,
    template,
    resources: new Map(template.resources.map((resource) => [resource.id, resource])),
    texts: new Map(Object.entries(source.Resources ?? {}).map(([id, resource]) => [id, JSON.stringify(resource)])),
  };
}

/** Some of its resources, and nothing else. */
export function subset(ids: readonly string[], { source: { Resources = {} } }: IndexedTemplate): CloudFormationTemplate {
  const wanted = new Set(ids);
  return { Resources: Object.fromEntries(Object.entries(Resources).filter(([id]) => wanted.has(id))) };
}
