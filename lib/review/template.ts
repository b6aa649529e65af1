export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

/** What the review reads of a CloudFormation template in JSON. */
export interface CloudFormationTemplate {
  readonly Resources?: Readonly<Record<string, CloudFormationResource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value?: unknown }>>;
}

export interface CloudFormationResource extends Attributes {
  readonly Type: string;
  readonly Properties?: unknown;
}

/** What stands beside a resource's properties and says what CloudFormation does with it. */
interface Attributes {
  readonly DeletionPolicy?: unknown;
  readonly UpdateReplacePolicy?: unknown;
  readonly UpdatePolicy?: unknown;
}

/** A resource with its properties, found by paths such as `RuntimePlatform.CpuArchitecture`. */
export class Resource {
  constructor(
    readonly id: string,
    readonly type: string,
    private readonly properties: Json,
    private readonly template: Template,
    private readonly attributes: Attributes = {},
  ) {}

  attribute(name: keyof Attributes): Json {
    return this.attributes[name] as Json;
  }

  value(path: string): Json {
    return path.split('.').reduce<Json>((value, key) => this.template.resolved(member(value, key)), this.properties);
  }

  text(path: string): string | undefined {
    const value = this.value(path);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }

  /** CloudFormation takes numbers as text too. */
  number(path: string): number | undefined {
    const text = this.text(path);
    const value = text === undefined || text === '' ? Number.NaN : Number(text);
    return Number.isFinite(value) ? value : undefined;
  }

  flag(path: string): boolean {
    return this.text(path) === 'true' || this.value(path) === true;
  }

  list(path: string): readonly Json[] {
    const value = this.value(path);
    return isList(value) ? value : [];
  }

  /** Resources of this template that the property names, by Ref or Fn::GetAtt at any depth. */
  references(path: string): readonly Resource[] {
    return this.template.referencesIn(this.value(path));
  }

  /** Value of a tag; CloudFormation writes tags as a list or, for some types, as a map in a property such as BackupVaultTags. */
  tag(name: string): string | undefined {
    const properties = Object.entries((this.properties ?? {}) as Record<string, Json>);
    const [, tags] = properties.find(([key, value]) => key.endsWith('Tags') && typeof value === 'object') ?? [];
    const entry = isList(tags) ? tags.find((tag) => member(tag, 'Key') === name) : undefined;
    const value = entry === undefined ? member(tags, name) : member(entry, 'Value');
    return typeof value === 'string' ? value : undefined;
  }
}

export class Template {
  readonly resources: readonly Resource[];
  private readonly byId: ReadonlyMap<string, Resource>;

  constructor(private readonly source: CloudFormationTemplate) {
    this.resources = Object.entries(source.Resources ?? {}).map(
      ([id, { Type, Properties, ...attributes }]) => new Resource(id, Type, Properties as Json, this, attributes),
    );
    this.byId = new Map(this.resources.map((resource) => [resource.id, resource]));
  }

  ofType(type: string): readonly Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** A parameter's default in place of a reference to it; everything else as it stands. */
  resolved(value: Json): Json {
    const name = member(value, 'Ref');
    const parameter = typeof name === 'string' ? this.source.Parameters?.[name] : undefined;
    return parameter ? (parameter.Default as Json) : value;
  }

  referencesIn(value: Json): readonly Resource[] {
    if (isList(value)) return value.flatMap((item) => this.referencesIn(item));
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) => {
      const id = key === 'Ref' ? inner : key === 'Fn::GetAtt' && isList(inner) ? inner[0] : undefined;
      const resource = typeof id === 'string' ? this.byId.get(id) : undefined;
      return resource ? [resource] : this.referencesIn(inner);
    });
  }
}

export function member(value: Json, key: string): Json {
  return typeof value === 'object' && value !== null && !isList(value) ? value[key] : undefined;
}

/** `Array.isArray` does not narrow read-only arrays. */
export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
