import { Template } from '../../template/template';
import type { Month } from '../../usage/month';
import { figureOf, type UsageName, usageNames, usageOf } from '../../usage/monthly-usage';
import { largestMovers } from '../../usage/movers';
import { type Ends, endsOf, endsWithin } from '../../usage/uncertainty';
import { type AssumptionValues, assumptionValue, capacityAssumptionNames, capacityAssumptions, usageAmong } from './assumptions';
import { demandsOf } from './demands';
import { leastHeadroom } from './max-orders';
import type { CapacityInput } from './review-capacity';
import { scopeOfMonth } from './scope';
import { readingOf } from './steps/recommended-upgrade';
import { cpuMicroseconds } from './task-rate';
import type { CapacityAssumptionName, CapacityMover } from './types';

type Input = Pick<CapacityInput, 'template' | 'region' | 'assume' | 'isKnownType' | 'measured'>;

/** Of a headroom, as a logarithm: half a percent. */
const tooLittle = 0.005;

/** The same store with each assumption that nobody gave, alone at its low and its high end, as `--assume name=value` computes it. */
export function capacityMovers(input: Input, month: Month): readonly CapacityMover[] {
  const expected = headroomWith({}, input, month);
  const movers = capacityAssumptionNames.flatMap((name) => moverOf(name, input, month) ?? []);
  return largestMovers(
    movers.filter((mover) => isKnown(mover, expected)),
    swing,
    tooLittle,
  );
}

function moverOf(name: CapacityAssumptionName, input: Input, month: Month): CapacityMover | undefined {
  const ends = endsInForce(name, input, month);
  if (!ends || ends.low === ends.high) return undefined;
  const end = (value: number) => ({ value, headroom: headroomWith({ [name]: value }, input, month) });
  return { name, ...wordsOf(name), low: end(ends.low), high: end(ends.high) };
}

/** undefined: somebody gave it, or it is not varied. */
function endsInForce(name: CapacityAssumptionName, input: Input, { usage, given }: Month): Ends | undefined {
  const { template, assume = {} } = input;
  if (assume[name] !== undefined) return undefined;
  if (name === 'apiCpuMicroseconds') {
    const cpu = cpuMicroseconds(scopeOfMonth({ ...input, usage, serves: nobody })(new Template(template)));
    return cpu && { low: cpu.fast, high: cpu.careful };
  }
  const row = capacityAssumptions[name];
  if (row.range) return endsWithin(row, assumptionValue(name, assume, usage));
  return isOfMonth(name) && !isGiven(name, given) ? endsOf(name, usage[name]) : undefined;
}

/** What a request takes does not depend on it. */
const nobody = { buyersAtOnce: { figure: 0, source: '' } };

const isOfMonth = (name: string): name is UsageName => usageNames.some((one) => one === name);

/** Also by a figure that takes its place: the requests that reach the API say how many do not. */
const isGiven = (name: UsageName, given: Month['given']): boolean =>
  given[name] !== undefined || (name === 'cdnHitRate' && given.apiRequests !== undefined);

function wordsOf(name: CapacityAssumptionName): Pick<CapacityMover, 'meaning' | 'why'> {
  const { description, range } = capacityAssumptions[name];
  if (range || !isOfMonth(name)) return { meaning: description, why: range?.why ?? '' };
  const own = figureOf(name);
  return { meaning: own.meaning, why: own.range?.why ?? '' };
}

/** Of the tightest requirement; undefined: that of one is not known. */
function headroomWith(moved: AssumptionValues, { template, isKnownType, ...input }: Input, month: Month): number | undefined {
  const { given, base, serves } = month;
  const usage = usageOf({ ...given, ...usageAmong(moved) }, base);
  const scopeOf = scopeOfMonth({ ...input, usage, serves, assume: { ...input.assume, ...moved } });
  return leastHeadroom(demandsOf(serves, readingOf(template, scopeOf, isKnownType)));
}

/** Nothing is known of one that is unknown at both ends as it is without it. */
function isKnown({ low, high }: CapacityMover, expected: number | undefined): boolean {
  return [low.headroom, expected, high.headroom].some((headroom) => headroom !== undefined);
}

/** By which factor it moves the headroom, as a logarithm; what is unknown at an end may move it by any. */
function swing({ low, high }: CapacityMover): number {
  if (low.headroom === undefined || high.headroom === undefined) return Number.MAX_VALUE;
  return Math.abs(Math.log(Math.max(low.headroom, none) / Math.max(high.headroom, none)));
}

/** A headroom of 0 has no logarithm. */
const none = 1e-9;
