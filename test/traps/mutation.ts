import { type CloudFormationResource, type CloudFormationTemplate, resourcesOf } from '../support/stores';
import type { Stores } from './trap';

/** A way to break a template, and the name of the check that must turn red. */
export interface Mutation {
  readonly breaks: string;
  readonly in: keyof Stores;
  readonly turnsRed: string;
  readonly mutate: (template: CloudFormationTemplate) => void;
}

type Properties = CloudFormationResource['Properties'];

/** Changes the first resource of a type, or the one whose ID starts so. */
export function change(
  type: string,
  edit: (properties: Properties, resource: CloudFormationResource) => void,
  idStartsWith = '',
) {
  return (template: CloudFormationTemplate): void => {
    const found = resourcesOf(template, type).find(([id]) => id.startsWith(idStartsWith));
    if (!found) throw new Error(`the mutation changes nothing: no ${type} ${idStartsWith}`);
    edit(found[1].Properties, found[1]);
  };
}

/** Moves a resource to another logical ID. */
export function rename(template: CloudFormationTemplate, from: string, to: string): void {
  const resource = template.Resources[from];
  if (!resource) throw new Error(`the mutation changes nothing: no ${from}`);
  delete template.Resources[from];
  template.Resources[to] = resource;
}

/** Takes what contains `on` out of a resource's DependsOn. */
export const withoutDependency = (type: string, prefix: string, on: string) =>
  change(
    type,
    (_, resource) => {
      const kept = (resource.DependsOn ?? []).filter((id) => !id.includes(on));
      if (kept.length === resource.DependsOn?.length) throw new Error(`the mutation changes nothing: no dependency on ${on}`);
      resource.DependsOn = kept;
    },
    prefix,
  );

/** Adds a resource, as an addition to a construct would. */
export const add =
  (id: string, Type: string, properties: Properties) =>
  (template: CloudFormationTemplate): void => {
    if (template.Resources[id]) throw new Error(`the mutation would replace ${id}`);
    template.Resources[id] = { Type, Properties: properties };
  };

/** Lets the first policy whose ID starts so allow one action more. */
export const allow = (idStartsWith: string, Action: string, Resource: unknown) =>
  change(
    'AWS::IAM::Policy',
    ({ PolicyDocument }) => PolicyDocument.Statement.push({ Effect: 'Allow', Action, Resource }),
    idStartsWith,
  );
