import { storeNamePattern } from '../../services/contract';
import { closestMatch } from './closest-match';
import type { Problem } from './config-error';
import { formatLiteral } from './format-literal';
import { isObject } from './is-object';
import { longestStoreName } from './physical-names';
import { pathUnder } from './setting-path';

export type Context = Readonly<Record<string, unknown>>;

/** What this app reads of the CDK's context. */
const ownKeys = ['tier', 'store', 'changeTier', 'stores', 'imageUri', 'stage'] as const;

/** Of a first deployment: everything but the tasks. The second stage is a deployment like any other. */
export const foundationStage = 'foundation';

/** Keys of the CDK itself: feature flags, settings of the CLI, and look-ups (`availability-zones:account=...`). */
const isForeign = (key: string): boolean => key.includes(':') || /^(@aws-cdk\/|cdk-|acknowledged-issue-numbers$)/.test(key);

const linesForCdkJson = ['"context": { "stores": { "acme": { "region": "us-east-1", "alarmEmail": "ops@example.com" } } }'];

/** A misspelt `--context` would otherwise deploy something else than was asked for. */
export function reportUnknownContext(context: Context, problems: Problem[]): void {
  for (const key of Object.keys(context)) {
    if (isForeign(key) || ownKeys.some((own) => own === key)) continue;
    const meant = closestMatch(key, ownKeys);
    problems.push({
      rule: 'context',
      path: pathUnder('', key),
      got: 'is not a context key',
      allowed: meant ? `did you mean ${meant}?` : `allowed are ${ownKeys.join(', ')} and those of the CDK`,
      fix: [
        meant
          ? `--context ${meant}=${meant === 'stores' ? '' : formatLiteral(context[key]).replaceAll('"', '')}`.replace(/=$/, '')
          : 'leave it out',
      ],
    });
  }
}

export interface ChosenStore {
  readonly name: string;
  readonly settings: unknown;
  /** All stores of cdk.json, this one among them. */
  readonly all: Readonly<Record<string, unknown>>;
}

export function checkStage({ stage }: Context, problems: Problem[]): void {
  if (stage === undefined || stage === foundationStage) return;
  problems.push({
    rule: 'context',
    path: 'stage',
    got: `is ${formatLiteral(stage)}`,
    allowed: `${foundationStage} is allowed, for the first deployment of a store`,
    fix: ['leave it out'],
  });
}

/** The one store of cdk.json, or the one that `--context store=` names. */
export function chooseStore(context: Context, problems: Problem[]): ChosenStore | undefined {
  const { stores, store: asked } = context;
  const report = (path: string, got: string, allowed: string, fix: readonly string[]): undefined => {
    problems.push({ rule: 'store', path, got, allowed, fix });
    return undefined;
  };
  if (!isObject(stores) || Object.keys(stores).length === 0) {
    const got = stores === undefined ? 'is not given' : `is ${isObject(stores) ? 'empty' : formatLiteral(stores)}`;
    return report('stores', got, 'cdk.json names the stores to deploy', linesForCdkJson);
  }
  const names = Object.keys(stores);
  const lines = names.slice(0, 20).map((name) => `--context store=${name.slice(0, 60)}`);
  if (asked === undefined && names.length > 1)
    return report('store', 'is not given', `cdk.json has ${names.length} stores; choose one`, lines);
  const name = asked ?? names[0];
  if (typeof name !== 'string' || !Object.hasOwn(stores, name)) {
    const meant = typeof name === 'string' ? closestMatch(name, names) : undefined;
    return report(
      'store',
      `is ${formatLiteral(name)}`,
      meant ? `did you mean ${meant}?` : 'cdk.json has no such store',
      meant ? [`--context store=${meant}`] : lines,
    );
  }
  reportBadName(name, problems);
  return { name, settings: stores[name], all: stores };
}

function reportBadName(name: string, problems: Problem[]): void {
  if (storeNamePattern.test(name) && name.length <= longestStoreName) return;
  const better = name
    .slice(0, longestStoreName * 4)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, longestStoreName)
    .replace(/-+$/, '');
  problems.push({
    rule: 'store-name',
    path: pathUnder('stores', name),
    got: `is a name of ${name.length} characters`,
    allowed: `at most ${longestStoreName} lower-case letters, digits and single hyphens are allowed, starting with a letter: AWS resource names contain it`,
    fix: [`"${better || 'acme'}": { ... }`],
  });
}
