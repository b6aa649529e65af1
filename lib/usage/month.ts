import { usageMetadata } from '../facts/usage-metadata';
import { type Json, member, type Template } from '../template/template';
import type { Serves, Tier } from '../tiers/tier';
import { figureOf, type GivenUsage, type MonthlyUsage, usageNames, usageOf } from './monthly-usage';
import { sizingOf } from './sizing';

/** A store's month: what is known of it, and what follows. */
export interface Month {
  readonly usage: MonthlyUsage;
  /** What the store's settings or the command line say; everything else is the size's. */
  readonly given: GivenUsage;
  /** What the size has of its own. */
  readonly base: GivenUsage;
  /** What the store has to bear: the documents' figures of its size, or those that are given. */
  readonly serves: Serves;
}

/** The month of a store by its template, which has the setting `usage`. @param given what counts more than that setting */
export function monthOf(template: Template, { usage, serves }: Pick<Tier, 'usage' | 'serves'>, given: GivenUsage = {}): Month {
  const all = { ...settingOf(template), ...given };
  const base = { ...ofSize({ usage, serves }), ...sizingOf(template) };
  return { usage: usageOf(all, base), given: all, base, serves: ownServes(serves, all) };
}

/** What a size has of its own. */
export function ofSize({ usage, serves: { concurrentUsers, buyersAtOnce } }: Pick<Tier, 'usage' | 'serves'>): GivenUsage {
  return { ...usage, usersAtOnce: concurrentUsers.figure, drop: buyersAtOnce.figure };
}

function settingOf(template: Template): GivenUsage {
  const setting: Json = template.metadata(usageMetadata);
  return Object.fromEntries(
    usageNames.flatMap((name) => {
      const value = Number(member(setting, name) ?? Number.NaN);
      const { least, most } = figureOf(name);
      return value >= least && value <= most ? [[name, value]] : [];
    }),
  );
}

const ownSource = 'the store’s own month (usage)';

/** What a store has to bear: the claims of its size, or what it says of its own. */
export function ownServes(serves: Serves, { orders, users, usersAtOnce, drop }: GivenUsage): Serves {
  return {
    ...serves,
    ...(orders !== undefined && { ordersPerMonth: orders, source: ownSource }),
    ...(users !== undefined && { mostUsers: users, source: ownSource }),
    ...(usersAtOnce !== undefined && { concurrentUsers: { figure: usersAtOnce, source: ownSource } }),
    ...(drop !== undefined && { buyersAtOnce: { figure: drop, source: ownSource } }),
  };
}
