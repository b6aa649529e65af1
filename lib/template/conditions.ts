import { isList, type Json, member } from './json';

/** What a template decides by: everything in it but its resources. */
export interface Decisions {
  readonly Parameters?: Readonly<Record<string, { readonly Type?: unknown; readonly Default?: unknown }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Mappings?: Readonly<Record<string, unknown>>;
}

/**
 * Decides a template's conditions by the defaults of its parameters, and puts in what its `Fn::If` and `Fn::FindInMap` stand for.
 * What hangs on a parameter without a default, or on the account and region, stays as it is written.
 */
export class Conditions {
  private readonly known = new Map<string, boolean | undefined>();

  constructor(private readonly source: Decisions) {}

  /** undefined: nobody can say here. */
  holds(name: Json): boolean | undefined {
    if (typeof name !== 'string') return undefined;
    if (!this.known.has(name)) {
      this.known.set(name, undefined); // a condition that asks itself is not decided
      this.known.set(name, this.decide(own(this.source.Conditions, name)));
    }
    return this.known.get(name);
  }

  /** A parameter's default in place of a reference to it; everything else as it stands. */
  defaultFor(value: Json): Json {
    const name = member(value, 'Ref');
    const parameter = typeof name === 'string' ? own(this.source.Parameters, name) : undefined;
    return parameter === undefined ? value : member(parameter, 'Default');
  }

  /** The value with its decided functions put in at any depth; undefined for `AWS::NoValue`. */
  applied(value: Json): Json {
    if (isList(value)) return value.map((item) => this.applied(item)).filter((item) => item !== undefined);
    if (typeof value !== 'object' || value === null) return value;
    if (member(value, 'Ref') === 'AWS::NoValue') return undefined;
    const chosen = this.branch(value) ?? this.mapped(value);
    if (chosen) return this.applied(chosen.value);
    const entries = Object.entries(value).map(([key, inner]) => [key, this.applied(inner)] as const);
    return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
  }

  private branch(value: Json): { readonly value: Json } | undefined {
    const arms = member(value, 'Fn::If');
    const holds = isList(arms) ? this.holds(arms[0]) : undefined;
    return isList(arms) && holds !== undefined ? { value: holds ? arms[1] : arms[2] } : undefined;
  }

  private mapped(value: Json): { readonly value: Json } | undefined {
    const path = member(value, 'Fn::FindInMap');
    if (!isList(path) || path.length < 3) return undefined;
    const found = path.slice(0, 3).reduce<Json>((map, key) => own(map, this.text(key)), this.source.Mappings as Json);
    return found === undefined ? undefined : { value: found };
  }

  private decide(condition: Json): boolean | undefined {
    if (member(condition, 'Condition') !== undefined) return this.holds(member(condition, 'Condition'));
    const [one, other] = operands(condition, 'Fn::Equals').map((operand) => this.text(operand));
    if (one !== undefined && other !== undefined) return one === other;
    const [negated] = operands(condition, 'Fn::Not').map((operand) => this.decide(operand));
    if (negated !== undefined) return !negated;
    const all = operands(condition, 'Fn::And').map((operand) => this.decide(operand));
    if (all.length > 0) return all.includes(false) ? false : decidedAs(all, true);
    const any = operands(condition, 'Fn::Or').map((operand) => this.decide(operand));
    return any.includes(true) ? true : decidedAs(any, false);
  }

  /** Of a plain value, a parameter's default or a mapping; undefined where only AWS knows it. */
  private text(operand: Json): string | undefined {
    const name = member(operand, 'Ref');
    const parameter = typeof name === 'string' ? own(this.source.Parameters, name) : undefined;
    const type = member(parameter, 'Type');
    if (typeof type === 'string' && type.startsWith('AWS::SSM::')) return undefined; // its default is the name of the value
    const value = this.mapped(operand)?.value ?? this.defaultFor(operand);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  }
}

/** Whether a value, or something in it, depends on a condition that nobody can decide here. */
export function isUndecided(value: Json): boolean {
  if (isList(value)) return value.some(isUndecided);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key === 'Fn::If' || isUndecided(inner));
}

function operands(condition: Json, name: string): readonly Json[] {
  const list = member(condition, name);
  return isList(list) ? list : [];
}

function decidedAs(all: readonly (boolean | undefined)[], value: boolean): boolean | undefined {
  return all.length > 0 && all.every((one) => one === value) ? value : undefined;
}

/** Not what every object has, such as `constructor`. */
function own(of: unknown, key: string | undefined): Json {
  const map = of as Json;
  return key !== undefined && typeof map === 'object' && map !== null && Object.hasOwn(map, key) ? member(map, key) : undefined;
}
