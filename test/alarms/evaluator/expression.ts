import { type Combine, call, combine, operators, type Value } from './metric-math';
import type { TimeSeries } from './time-series';

/**
 * The value of an expression of CloudWatch's metric math for each period: the part of the language that the catalogue uses, read
 * and computed in one go. Throws on everything else, and where an alarm would be refused.
 */
export function evaluateExpression(
  expression: string,
  metrics: Readonly<Record<string, TimeSeries>>,
  periodSeconds: number,
): TimeSeries {
  for (const name of Object.keys(metrics)) {
    if (!/^[a-z]\w*$/.test(name)) throw new Error(`"${name}" names a metric: a lower-case letter first`);
    if (!new RegExp(`\\b${name}\\b`).test(expression)) throw new Error(`"${name}" is not in "${expression}", but costs as much`);
  }
  const value = new Reader(expression, metrics, periodSeconds).read();
  if (typeof value === 'number') throw new Error(`"${expression}" is a number, not a time series`);
  return value;
}

const levels = [
  ['OR', '||'],
  ['AND', '&&'],
  ['<', '<=', '>', '>=', '==', '!='],
  ['+', '-'],
  ['*', '/'],
] as const;

/** By recursive descent: a method for each rule of the grammar. */
class Reader {
  private readonly tokens: string[];

  constructor(
    private readonly expression: string,
    private readonly metrics: Readonly<Record<string, TimeSeries>>,
    private readonly periodSeconds: number,
  ) {
    this.tokens = expression.match(/\d+(?:\.\d+)?|[A-Za-z_]\w*|[<>=!]=|&&|\|\||\S/g) ?? [];
  }

  read(): Value {
    const value = this.operation(0);
    if (this.tokens.length > 0) this.fail(`nothing should follow, but "${this.tokens.join(' ')}" does`);
    return value;
  }

  /** Operators of one level bind less than those of the next; equal ones from left to right. */
  private operation(level: number): Value {
    const these: readonly string[] | undefined = levels[level];
    if (!these) return this.operand();
    let value = this.operation(level + 1);
    while (these.includes(this.tokens[0] ?? '')) value = combine(operator(this.next()), value, this.operation(level + 1));
    return value;
  }

  private operand(): Value {
    const token = this.next();
    if (token === '-') return combine((a, b) => a * b, -1, this.operand());
    if (token === '(') return this.before(')', this.operation(0));
    if (/^\d/.test(token)) return Number(token);
    if (this.tokens[0] === '(') return this.call(token);
    return this.metric(token);
  }

  private call(name: string): Value {
    this.expect('(');
    if (name === 'PERIOD') return this.before(')', this.period());
    const overArray = this.tokens[0] === '[';
    const values = overArray ? this.array() : this.list();
    this.expect(')');
    return call(overArray ? `${name}[]` : name, values, this.periodSeconds);
  }

  private period(): number {
    this.metric(this.next());
    return this.periodSeconds;
  }

  private array(): Value[] {
    this.expect('[');
    return this.before(']', this.list());
  }

  private list(): Value[] {
    const values = [this.operation(0)];
    while (this.tokens[0] === ',') {
      this.next();
      values.push(this.operation(0));
    }
    return values;
  }

  private metric(name: string): TimeSeries {
    const known = Object.hasOwn(this.metrics, name) ? this.metrics[name] : undefined;
    return known ?? this.fail(`"${name}" is not one of its metrics: ${Object.keys(this.metrics).join(', ')}`);
  }

  private before<T>(end: string, value: T): T {
    this.expect(end);
    return value;
  }

  private expect(token: string): void {
    const got = this.next();
    if (got !== token) this.fail(`"${token}" was expected, got "${got}"`);
  }

  private next(): string {
    return this.tokens.shift() ?? this.fail('it ends too early');
  }

  private fail(why: string): never {
    throw new Error(`"${this.expression}": ${why}`);
  }
}

function operator(token: string): Combine {
  const known = operators[token];
  if (!known) throw new Error(`no operator: ${token}`);
  return known;
}
