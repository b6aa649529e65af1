import * as fc from 'fast-check';
import { Pricer } from '../../../lib/review/cost/cost';
import { totalOf } from '../../../lib/review/cost/total-cost';
import { Template } from '../../../lib/template/template';
import { tierNames } from '../../../lib/tiers/tier';
import { tiers } from '../../../lib/tiers/tiers';
import { monthOf } from '../../../lib/usage/month';
import { figureOf, type GivenUsage, type UsageName, usageNames, usageOf } from '../../../lib/usage/monthly-usage';
import { reviewedTemplate } from '../../support/reviewed-templates';

/** Of these more is less use: the CDN answers, a connection or an answer serves more, a task is kept busy by more. */
const sparing = new Set<UsageName>(['cdnHitRate', 'requestsPerConnection', 'requestsPerDnsQuery', 'messagesPerSecondPerTask']);
const using = usageNames.filter((name) => !sparing.has(name) && figureOf(name).value !== 'template');

const grown = (name: UsageName, value: number, times: number): number => Math.min(figureOf(name).most, value * times);

/** Below this, USD, a difference is one of rounding. */
const nothing = 1e-6;

test.each(tierNames)('more use of %s never costs less, whichever figure grows from whichever month', (tier) => {
  const template = new Template(reviewedTemplate(tier));
  const pricer = new Pricer(template, 'us-east-1');
  const { base, usage } = monthOf(template, tiers[tier]);
  const usdOf = (given: GivenUsage): number => totalOf(pricer.at(usageOf(given, base)).lines).usdPerMonth;
  fc.assert(
    fc.property(
      fc.constantFrom(...using),
      fc.constantFrom(...using),
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      fc.double({ min: 1, max: 50, noNaN: true }),
      (name, other, start, times) => {
        const month = { [other]: Math.max(figureOf(other).least, grown(other, usage[other], start)) };
        const before = month[name] ?? usageOf(month, base)[name];
        const [less, more] = [usdOf({ ...month, [name]: before }), usdOf({ ...month, [name]: grown(name, before, times) })];
        expect(more).toBeGreaterThanOrEqual(less - nothing);
      },
    ),
    { numRuns: 200 },
  );
});

test.each(tierNames)('a CDN that answers more never costs more in %s', (tier) => {
  const template = new Template(reviewedTemplate(tier));
  const pricer = new Pricer(template, 'us-east-1');
  const { base } = monthOf(template, tiers[tier]);
  const bills = [0, 0.2, 0.4, 0.6, 0.8, 0.99].map(
    (cdnHitRate) => totalOf(pricer.at(usageOf({ cdnHitRate }, base)).lines).usdPerMonth,
  );
  expect(bills).toEqual(bills.toSorted((one, next) => next - one));
});
