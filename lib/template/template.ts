import { elements, functionOf, isDynamicReference, isList, type Json, member, scalar } from './json';

export { elements, isList, type Json, member, scalar };

/** What the review reads of a CloudFormation template in JSON. */
export interface CloudFormationTemplate {
  readonly Parameters?: Readonly<Record<string, { readonly Type?: unknown; readonly Default?: unknown }>>;
  readonly Resources?: Readonly<Record<string, CloudFormationResource>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Mappings?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value?: unknown }>>;
}

export interface CloudFormationResource extends Attributes {
  readonly Type: string;
  readonly Properties?: unknown;
  readonly Condition?: unknown;
}

/** What stands beside a resource's properties and says what CloudFormation does with it. */
interface Attributes {
  readonly DeletionPolicy?: unknown;
  readonly UpdateReplacePolicy?: unknown;
  readonly UpdatePolicy?: unknown;
  readonly Metadata?: unknown;
}

/**
 * A property that is written in the template, but whose value only AWS knows: a Ref, Fn::GetAtt or Fn::If where a plain value is
 * needed, a parameter without a default, or a resource of which a Condition decides whether it is created.
 */
export interface UnknownValue {
  /** Logical ID. */
  readonly resource: string;
  /** Path of the property, `NodeGroups.Count`; `Condition` where it is not known whether the resource is created. */
  readonly property: string;
}

/** A resource with its properties, found by paths such as `RuntimePlatform.CpuArchitecture`. */
export class Resource {
  constructor(
    readonly id: string,
    readonly type: string,
    private readonly properties: Json,
    private readonly template: Template,
    private readonly attributes: Attributes = {},
    /** A condition decides whether it is created: what it costs or carries is not known. */
    readonly isConditional = false,
  ) {}

  attribute(name: keyof Attributes): Json {
    const value = this.attributes[name] as Json;
    return this.template.hasUnknown(value) ? this.unknown(name) : value;
  }

  /** What is written, functions of CloudFormation included; where something in it is known to AWS alone, the reading notes it. */
  value(path: string): Json {
    const value = this.at(path);
    if (this.template.hasUnknown(value)) this.unknown(path);
    return value;
  }

  text(path: string): string | undefined {
    const value = this.plain(path);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }

  /** CloudFormation takes numbers as text too. */
  number(path: string): number | undefined {
    const text = this.text(path);
    if (text === undefined || text === '') return undefined;
    const value = Number(text);
    return Number.isFinite(value) ? value : this.unknown(path);
  }

  flag(path: string): boolean {
    const value = this.plain(path);
    return value === 'true' || value === true;
  }

  list(path: string): readonly Json[] {
    const value = this.value(path);
    if (isList(value)) return value;
    if (functionOf(value)) this.unknown(path);
    return [];
  }

  /** Resources of this template that the property names, by Ref or Fn::GetAtt at any depth. */
  references(path: string): readonly Resource[] {
    return this.template.referencesIn(this.value(path));
  }

  /** Concludes something from it, and tells which values were missing for that alone. */
  read<T>(reading: (resource: Resource, template: Template) => T): Reading<T> {
    return this.template.readOne(this, reading);
  }

  /** A part of a property, such as a rule of a web ACL, to be read as a resource is. */
  part(properties: Json): Resource {
    return new Resource(this.id, this.type, properties, this.template);
  }

  /** Value of a tag; CloudFormation writes tags as a list or, for some types, as a map in a property such as BackupVaultTags. */
  tag(name: string): string | undefined {
    const properties = Object.entries((this.properties ?? {}) as Record<string, Json>);
    const [, tags] = properties.find(([key, value]) => key.endsWith('Tags') && typeof value === 'object') ?? [];
    const entry = elements(tags).find((tag) => member(tag, 'Key') === name);
    const value = entry === undefined ? member(tags, name) : member(entry, 'Value');
    return typeof value === 'string' ? value : undefined;
  }

  private plain(path: string): Json {
    const value = this.at(path);
    return functionOf(value) || isDynamicReference(value) ? this.unknown(path) : value;
  }

  /** The value, or the function that stands on the way to it. */
  private at(path: string): Json {
    return path.split('.').reduce<Json>((value, key) => {
      return functionOf(value) ? value : this.template.resolved(member(value, key));
    }, this.properties);
  }

  private unknown(property: string): undefined {
    this.template.note({ resource: this.id, property });
  }
}

/** A result, and the values that it depends on and that only AWS knows. */
export interface Reading<T> {
  readonly result: T;
  readonly unknown: readonly UnknownValue[];
}

/** The resources of a template, as one reader sees them. */
export class Template {
  private readonly made = new Map<string, Resource>();
  private readonly notes = new Map<string, UnknownValue>();

  constructor(
    private readonly source: CloudFormationTemplate,
    /** Logical IDs by type, which the views of a reading share: a review asks for types thousands of times. */
    private readonly ids = idsByType(source),
  ) {}

  get resources(): readonly Resource[] {
    return Object.keys(this.source.Resources ?? {}).map((id) => this.resource(id));
  }

  /** What the template says of itself under this name. */
  metadata(name: string): Json {
    return own(this.source.Metadata, name) as Json;
  }

  withId(id: string): Resource | undefined {
    return own(this.source.Resources, id) && this.resource(id);
  }

  ofType(type: string): readonly Resource[] {
    return (this.ids.get(type) ?? []).map((id) => this.resource(id));
  }

  /** Runs the reading and returns its result, with the unknown values that this one reading met. */
  read<T>(reading: (template: Template) => T): Reading<T> {
    const view = new Template(this.source, this.ids);
    const result = reading(view);
    return { result, unknown: [...view.notes.values()] };
  }

  /** The same of one resource, and of whatever is reached from it. */
  readOne<T>({ id }: Resource, reading: (resource: Resource, template: Template) => T): Reading<T> {
    return this.read((view) => reading(view.resource(id), view));
  }

  /** Called by the resources of this template. */
  note(value: UnknownValue): undefined {
    this.notes.set(`${value.resource} ${value.property}`, value);
  }

  /** A parameter's default in place of a reference to it; everything else as it stands. */
  resolved(value: Json): Json {
    const name = member(value, 'Ref');
    const parameter = typeof name === 'string' ? own(this.source.Parameters, name) : undefined;
    const given = parameter && !String(parameter.Type).startsWith('AWS::SSM::') ? parameter.Default : undefined; // SSM's is a name
    return given === undefined ? value : (given as Json);
  }

  referencesIn(value: Json): readonly Resource[] {
    if (isList(value)) return value.flatMap((item) => this.referencesIn(item));
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) => {
      const id = key === 'Ref' ? inner : key === 'Fn::GetAtt' ? firstName(inner) : undefined;
      return typeof id === 'string' && own(this.source.Resources, id) ? [this.resource(id)] : this.referencesIn(inner);
    });
  }

  /** Whether something in a value is neither plain, nor put together of what the template has, nor a resource of it. */
  hasUnknown(value: Json): boolean {
    if (isList(value)) return value.some((item) => this.hasUnknown(item));
    if (typeof value !== 'object' || value === null) return false;
    const { name, argument } = functionOf(value) ?? {};
    if (name === undefined) return Object.values(value).some((item) => this.hasUnknown(item));
    if (name === 'Ref') return !isPseudoParameter(argument) && this.resolved(value) === value && !this.referencesIn(value)[0];
    if (name === 'Fn::GetAtt') return !this.referencesIn(value)[0];
    return composing.has(name) ? this.hasUnknown(argument) : true;
  }

  private resource(id: string): Resource {
    const made = this.made.get(id);
    if (made) return made;
    const { Type, Properties, Condition, ...attributes } = own(this.source.Resources, id) as CloudFormationResource;
    const resource = new Resource(id, Type, Properties as Json, this, attributes, Condition !== undefined);
    if (resource.isConditional) this.note({ resource: id, property: 'Condition' });
    this.made.set(id, resource);
    return resource;
  }
}

function idsByType({ Resources = {} }: CloudFormationTemplate): ReadonlyMap<string, readonly string[]> {
  return Map.groupBy(Object.keys(Resources), (id) => Resources[id]?.Type ?? '');
}

/** Functions that make a text or a list of what they are given. */
const composing = new Set(['Fn::Join', 'Fn::Sub', 'Fn::Select', 'Fn::Split', 'Fn::GetAZs', 'Fn::Base64', 'Fn::Cidr']);

const isPseudoParameter = (name: Json): boolean => typeof name === 'string' && name.startsWith('AWS::');

/** `["Key", "Arn"]` or `"Key.Arn"`. */
function firstName(argument: Json): Json {
  return isList(argument) ? argument[0] : typeof argument === 'string' ? argument.split('.')[0] : undefined;
}

/** Not what every object has: a logical ID may be called `constructor`. */
function own<T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return map && Object.hasOwn(map, key) ? map[key] : undefined;
}
