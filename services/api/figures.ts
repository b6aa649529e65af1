import * as z from 'zod';
import { cacheTimes } from '../cache-aside/cache-times';
import { analyticsTag, periodDays } from '../orders/figure-periods';
import { time } from '../runtime/forms';
import { cachedJson } from './cached-json';
import type { ApiParts } from './parts';
import type { Answer } from './route';

const periods = periodDays.map(String) as [string, ...string[]];

/** What each route of figures asks for. */
export const periodQuery = z.object({
  days: z.enum(periods).default('7').meta({ description: 'Days of the period, the last of which is yesterday (UTC)' }),
});

export const day = z.iso.date().meta({ description: 'UTC' });

export const count = z.int().min(0);

/** Of a sum: more than one payment can be. */
export const amount = z.int().meta({ description: 'In the currency’s smallest unit' });

/** What each answer begins with. */
export const period = {
  from: day,
  to: day.meta({ description: 'UTC; it belongs to the period' }),
  computedAt: time.nullable().meta({ description: 'The worker computes once a night; null: it has not yet' }),
  computedUntil: day.nullable().meta({ description: 'The last day that is computed; before `to`, a night is missing' }),
};

interface Period {
  readonly from: string;
  readonly to: string;
  readonly computedAt: Date | null;
  readonly computedUntil: string | null;
}

const today = `(now() at time zone 'UTC')::date`;

/** SQL of which days belong to a period of `$1` days. */
export const inPeriod = `day between ${today} - $1::int and ${today} - 1`;

/**
 * An answer about a period, cached for five minutes ([growth-plan]). `members`: SQL of the answer's other members, by name; `$1` is the number of days, and
 * `values` follow it.
 */
export async function figuresOf(
  name: string,
  days: string,
  { cached, database }: ApiParts,
  members: Readonly<Record<string, string>>,
  values: readonly unknown[] = [],
): Promise<Answer> {
  const key = `analytics:${name}:${[days, ...values].join(':')}`;
  const document = await cachedJson(cached, key, { ttlSeconds: cacheTimes.analytics }, async () => {
    const { rows } = await database.read<Period & Readonly<Record<string, unknown>>>(
      `select (${today} - $1::int)::text as "from", (${today} - 1)::text as "to",
              (select computed_at from period_customers where days = $1::int) as "computedAt",
              (select until::text from period_customers where days = $1::int) as "computedUntil",
              ${Object.entries(members)
                .map(([member, sql]) => `(${sql}) as "${member}"`)
                .join(', ')}`,
      [Number(days), ...values],
    );
    const [{ computedAt, ...row }] = rows as [(typeof rows)[number]];
    return { body: { ...row, computedAt: computedAt?.toISOString() ?? null }, tags: [analyticsTag] };
  });
  return { status: 200, ...(document && { cached: document }) };
}
