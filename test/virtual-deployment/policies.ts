import { account, type Deployment } from './deploy';

/** A request as IAM sees it. */
export interface Request {
  readonly action: string;
  /** ARN; `*` for an action that has no resource. */
  readonly resource: string;
  /** Condition keys that the request has, such as `ses:FromAddress`. */
  readonly context?: Readonly<Record<string, string>>;
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface Role {
  readonly id: string;
  readonly arn: string;
  readonly statements: readonly Statement[];
  readonly managedPolicies: readonly string[];
}

export function rolesOf({ resources }: Deployment): readonly Role[] {
  const all = [...resources.values()];
  const policies = all.filter(({ Type }) => Type === 'AWS::IAM::Policy');
  return all.flatMap(({ id, name, Type, Properties }) => {
    if (Type !== 'AWS::IAM::Role') return [];
    const inline = ((Properties.Policies ?? []) as { PolicyDocument: unknown }[]).map(({ PolicyDocument }) => PolicyDocument);
    const attached = policies.flatMap((policy) =>
      (policy.Properties.Roles as string[]).includes(name) ? [policy.Properties.PolicyDocument as unknown] : [],
    );
    return [
      {
        id,
        arn: `arn:aws:iam::${account}:role/${name}`,
        statements: [...inline, ...attached].flatMap(statementsIn),
        managedPolicies: (Properties.ManagedPolicyArns ?? []) as string[],
      },
    ];
  });
}

/** Of a policy of a resource: the statements that name this principal. */
export function statementsFor(document: unknown, principal: string): readonly Statement[] {
  const { Statement: written } = document as { Statement: (WrittenStatement & { Principal: { AWS?: string | string[] } })[] };
  const named = written.filter(({ Principal: { AWS = [] } }) => [AWS].flat().includes(principal));
  return statementsIn({ Statement: named });
}

function statementsIn(document: unknown): readonly Statement[] {
  const { Statement: written } = document as { Statement: WrittenStatement | WrittenStatement[] };
  return [written].flat().map(({ Effect, Action, Resource, Condition }) => ({
    effect: Effect,
    actions: [Action].flat(),
    resources: [Resource ?? '*'].flat(),
    conditions: Condition ?? {},
  }));
}

/** One statement allows it, and none denies it. */
export function isAllowed({ statements }: Pick<Role, 'statements'>, request: Request): boolean {
  const applying = statements.filter((statement) => applies(statement, request));
  return applying.some(({ effect }) => effect === 'Allow') && applying.every(({ effect }) => effect === 'Allow');
}

export const applies = (statement: Statement, { action, resource, context = {} }: Request): boolean =>
  statement.actions.some((pattern) => matches(pattern, action)) &&
  statement.resources.some((pattern) => matches(pattern, resource)) &&
  Object.entries(statement.conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => isMet(operator, context[key], [values].flat())),
  );

/** IAM's wildcards; actions are compared without case. */
function matches(pattern: string, text: string): boolean {
  const source = RegExp.escape(pattern).replaceAll(String.raw`\*`, '.*').replaceAll(String.raw`\?`, '.');
  return new RegExp(`^${source}$`, 'i').test(text);
}

/** @throws Error for an operator that no policy of the store had: it is not guessed at */
function isMet(operator: string, given: string | undefined, values: readonly string[]): boolean {
  if (operator === 'StringEquals' || operator === 'ArnEquals') return given !== undefined && values.includes(given);
  if (operator === 'StringLike' || operator === 'ArnLike')
    return given !== undefined && values.some((value) => matches(value, given));
  throw new Error(`Condition ${operator} is not known here`);
}

interface WrittenStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | string[];
  readonly Resource?: string | string[];
  readonly Condition?: Statement['conditions'];
}
