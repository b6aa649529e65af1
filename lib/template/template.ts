import { Conditions, type Decisions, isUndecided } from './conditions';
import { isList, type Json, member } from './json';

export { isList, type Json, member };

/** What the review reads of a CloudFormation template in JSON. */
export interface CloudFormationTemplate extends Decisions {
  readonly Resources?: Readonly<Record<string, CloudFormationResource>>;
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
    return this.template.seen(this.attributes[name] as Json);
  }

  value(path: string): Json {
    const read = (value: Json, key: string) => this.template.resolved(member(value, key));
    return this.template.seen(path.split('.').reduce<Json>(read, this.properties));
  }

  /** What somebody reads of this resource and its template, and whether some of it depends on a condition that nobody can decide here. */
  read<T>(reading: () => T): { readonly result: T; readonly undecided: boolean } {
    const before = this.template.undecidedReads;
    const result = reading();
    return { result, undecided: this.template.undecidedReads > before };
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

/** As CloudFormation makes it with the defaults of its parameters; what it makes under a condition that does not hold is left out. */
export class Template {
  readonly resources: readonly Resource[];
  private readonly byId: ReadonlyMap<string, Resource>;
  private readonly conditions: Conditions;
  private readonly anyUndecided: boolean;
  /** How often somebody was given a value that depends on a condition which nobody can decide here. */
  undecidedReads = 0;

  constructor(source: CloudFormationTemplate) {
    this.conditions = new Conditions(source);
    const made = Object.entries(source.Resources ?? {}).filter(
      ([, { Condition }]) => this.conditions.holds(Condition as Json) !== false,
    );
    const plain = source.Conditions === undefined && source.Mappings === undefined;
    const applied = (value: unknown) => (plain ? (value as Json) : this.conditions.applied(value as Json));
    this.resources = made.map(([id, { Type, Properties, ...attributes }]) => {
      return new Resource(id, Type, applied(Properties), this, applied(attributes) as Attributes);
    });
    this.anyUndecided = !plain && made.some(([, resource]) => isUndecided(applied(resource)));
    this.byId = new Map(this.resources.map((resource) => [resource.id, resource]));
  }

  ofType(type: string): readonly Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** A parameter's default in place of a reference to it; everything else as it stands. */
  resolved(value: Json): Json {
    if (member(value, 'Fn::If') !== undefined) this.undecidedReads += 1;
    return this.conditions.defaultFor(value);
  }

  /** Takes note of what somebody reads. */
  seen(value: Json): Json {
    if (this.anyUndecided && isUndecided(value)) this.undecidedReads += 1;
    return value;
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
