import type { Command } from 'commander';
import * as z from 'zod';
import { type End, type Ending, type Forecast, notKnown, notWithin } from '../../alarms/assessment/forecast';
import { daySeconds } from '../../alarms/assessment/measure';
import { physicalNames } from '../../lib/config/physical-names';
import { regionNames } from '../../lib/facts/regions';
import type { AssessedStore } from '../../lib/review/assessed-store';
import { ReviewError } from '../../lib/review/review-error';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import { storeNamePattern } from '../../services/contract';
import { issueTexts } from '../issue-text';
import { readFrom } from './files';
import type { ReviewIo } from './io';

/** Silent, since what npm adds to the output of a script is no JSON. */
const writeAgain = '→ npm run --silent assess -- --stack Store-shop --json > assessment.json';

const weekSeconds = 7 * daySeconds;

const ofNow = 'an assessment of this version is allowed';
const number = z.number('a number is allowed');
const amount = z.number('a number from 0 on is allowed').min(0, 'a number from 0 on is allowed');
const monthText = `a month such as 2027-06, "${notWithin}" or "${notKnown}" is allowed`;
const lineText = 'one line of text is allowed';

const ending = z.custom<Ending>(
  (value) => value === notWithin || value === notKnown || (typeof value === 'string' && /^\d{4}-(?:0[1-9]|1[0-2])$/.test(value)),
  monthText,
);

const endShape = z.object(
  {
    early: ending,
    expected: ending,
    late: ending,
    months: amount.optional(),
    days: amount.optional(),
    because: z.string(lineText).regex(/^\P{Cc}+$/u, lineText),
  },
  ofNow,
);

const end = endShape
  .refine(({ expected, months, days }) => [months, days].every((left) => (left === undefined) === (expected === notKnown)), {
    error: `an expected end with its months and days, or "${notKnown}" without them, is allowed`,
  })
  .transform(({ months, days, ...rest }): End => ({ ...rest, months, days }));

const forecast = z
  .object(
    {
      percentAMonth: z.object({ early: number, expected: number, late: number }, ofNow).optional(),
      days: amount,
      requestsPerMonth: amount.optional(),
      size: end,
      budget: end,
    },
    ofNow,
  )
  .transform(({ percentAMonth, requestsPerMonth, ...rest }): Forecast => ({ ...rest, percentAMonth, requestsPerMonth }));

const schema = z.object(
  {
    name: z.string('the name of a store is allowed').regex(storeNamePattern, 'the name of a store is allowed'),
    region: z.enum(regionNames, 'a region of AWS is allowed'),
    tier: z.enum(tierNames, `${tierNames.join(', ')} are allowed`).optional(),
    window: z.object({ to: amount }, ofNow),
    forecast,
  },
  ofNow,
);

/** What is reviewed: the options `--tier` and `--store`. */
interface Reviewed {
  readonly tier?: TierName;
  readonly store?: string;
}

/**
 * What `npm run assess -- --json` wrote, as the report shows it.
 * @throws {ReviewError} with every problem: no JSON, no forecast, or of another size or store than the one that is reviewed
 */
export function readAssessment(path: string, reviewed: Reviewed, io: ReviewIo, command: Command): AssessedStore {
  const given = jsonOf(readFrom(path, io, command), path);
  const now = io.now().getTime() / 1000;
  const parsed = schema.safeParse(given, { reportInput: true });
  const others = otherStoreProblems(given, reviewed);
  if (!parsed.success) throw refused(path, [...parsed.error.issues.flatMap(issueTexts), ...others, writeAgain]);
  if (others.length > 0) throw refused(path, others);
  const { name, region, tier, window, forecast: found } = parsed.data;
  if (window.to > now + daySeconds)
    throw refused(path, [`window.to is ${window.to}, which is not over yet; check the clock of this machine`, writeAgain]);
  return {
    store: name,
    stack: physicalNames(name).stack,
    region,
    tier,
    assessedAt: new Date(window.to * 1000).toISOString(),
    olderThanAWeek: now - window.to > weekSeconds,
    forecast: found,
  };
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refused(path, ['the file is not JSON', writeAgain]);
  }
}

const refused = (path: string, problems: readonly string[]) => new ReviewError(`${path} is not shown:`, problems);

const identity = z.object({ name: z.unknown(), tier: z.unknown() }).partial();

/** Told beside what is wrong with the shape: whoever mends the file mends both. */
function otherStoreProblems(given: unknown, { tier, store }: Reviewed): readonly string[] {
  const { data: own = {} } = identity.safeParse(given);
  return [
    ...(tier !== undefined && typeof own.tier === 'string' && own.tier !== tier
      ? [`tier is "${own.tier}", and --tier ${tier} is reviewed; leave --tier out, or take the size of the assessment`]
      : []),
    ...(store !== undefined && typeof own.name === 'string' && own.name !== store
      ? [`name is "${own.name}", and --store ${store} is reviewed; take the store of the assessment, or leave --store out`]
      : []),
  ];
}
