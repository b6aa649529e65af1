import { runInNewContext } from 'node:vm';
import { Pricer } from '../../../lib/review/cost/cost';
import { Template } from '../../../lib/template/template';
import { tiers } from '../../../lib/tiers/tiers';
import { monthOf } from '../../../lib/usage/month';
import { readUsage } from '../../../lib/usage/read-usage';
import { reviewedTemplate } from '../../support/reviewed-templates';
import { monthsByHand } from './three-months';

/** USD; what costs less is no line of the table. */
const tooLittle = 0.005;

/** USD of the lines of use by label, those of one label together. */
function linesOf({ tier, usage: text }: (typeof monthsByHand)[number]): Record<string, number> {
  const template = new Template(reviewedTemplate(tier));
  const read = readUsage(text);
  const { usage } = monthOf(template, tiers[tier], 'usage' in read ? read.usage : {});
  const { lines } = new Pricer(template, 'us-east-1').at(usage);
  const used = Map.groupBy(
    lines.filter(({ kind, usdPerMonth }) => kind === 'usage' && usdPerMonth > tooLittle),
    ({ label }) => label,
  );
  return Object.fromEntries([...used].map(([label, own]) => [label, own.reduce((usd, line) => usd + line.usdPerMonth, 0)]));
}

/** Half a cent either way, since both sides are rounded. */
const near = 0.0051;

test.each(monthsByHand)('$month of $tier costs what its arithmetic says, line by line and with no line more', (month) => {
  const byHand = Object.entries(month.lines).map(([label, arithmetic]) => [label, Number(runInNewContext(arithmetic))] as const);
  const lines = linesOf(month);
  expect(Object.keys(lines).toSorted()).toEqual(byHand.flatMap(([label, usd]) => (usd > tooLittle ? [label] : [])).toSorted());
  const differing = byHand.filter(([label, usd]) => Math.abs((lines[label] ?? 0) - usd) > near);
  expect(differing).toEqual([]);
});

test('three months of each size are worked out', () => {
  const sizes = Map.groupBy(monthsByHand, ({ tier }) => tier);
  expect([...sizes.values()].map(({ length }) => length)).toEqual([3, 3, 3, 3]);
});
