import type { Problem } from './config-error';
import { formatLiteral } from './format-literal';
import type { ResolvedSettings } from './resolved-settings';
import { alarmRules } from './rules/alarms';
import { appRules } from './rules/app';
import { cacheRules } from './rules/cache';
import { databaseRules } from './rules/database';
import { edgeRules } from './rules/edge';
import { networkRules } from './rules/network';
import type { Fix, Rule } from './rules/rule';
import { secretRules } from './rules/secrets';
import { serviceRules } from './rules/services';
import { lineAt } from './setting-path';
import type { AcceptedRisk } from './store-config';

export const rules: readonly Rule[] = [
  ...serviceRules,
  ...databaseRules,
  ...cacheRules,
  ...networkRules,
  ...edgeRules,
  ...appRules,
  ...secretRules,
  ...alarmRules,
];

interface Verdict {
  readonly problems: readonly Problem[];
  readonly acceptedRisks: readonly AcceptedRisk[];
}

/**
 * Judges a store by every rule whose settings could be read. Reported paths start at `stores.<name>`.
 * @param unreadable paths whose shape is wrong already, as they stand in the problems
 */
export function judge(store: ResolvedSettings, root: string, unreadable: readonly string[]): Verdict {
  const problems: Problem[] = [];
  const acceptedRisks: AcceptedRisk[] = [];
  const readable = rules.filter(({ paths }) => !paths.some((path) => unreadable.some((bad) => touches(bad, `${root}.${path}`))));
  for (const rule of readable) {
    for (const path of violations(rule, store)) {
      const got = formatLiteral(valueAt(store.given, path) ?? valueAt(store, path)); // what is not given comes from the size
      const allowed = rule.message(store, path);
      if (rule.mayBeAccepted && store.acceptRisk !== undefined) {
        acceptedRisks.push({ path: `${root}.${path}`, floor: allowed, got, reason: store.acceptRisk.trim() });
      } else {
        const fix = fixLines(rule.fix(store, path), `${root}.${path}`, rule);
        problems.push({ rule: rule.id, path: `${root}.${path}`, got: describeGiven(rule, got), allowed, fix });
      }
    }
  }
  return { problems, acceptedRisks };
}

function describeGiven({ hidden }: Rule, got: string): string {
  if (got === 'undefined') return 'is not given';
  return hidden ? 'is given' : `is ${got}`;
}

function violations(rule: Rule, store: ResolvedSettings): readonly string[] {
  const broken = rule.condition(store);
  if (typeof broken === 'boolean') return broken ? [rule.paths[0]] : [];
  return broken;
}

function fixLines(fix: Fix, path: string, { mayBeAccepted }: Rule): readonly string[] {
  const line = typeof fix === 'object' && 'line' in fix ? fix.line : lineAt(path, fix);
  return mayBeAccepted ? [line, '"acceptRisk": "the reason why this is safe here", beside "region", to accept it'] : [line];
}

/** One path is the other, or stands within it. */
function touches(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return long.startsWith(short) && /^($|[.[])/.test(long.slice(short.length));
}

function valueAt(store: object, path: string): unknown {
  let value: unknown = store;
  for (const key of path.split(/[.[\]]+/).filter(Boolean)) {
    value = typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
  }
  return value;
}
