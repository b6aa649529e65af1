import type { End, Forecast } from '../../alarms/assessment/forecast';
import { dayCount, figure } from '../../alarms/assessment/format';
import { wrap } from '../../lib/review/output/terminal/text-table';

/** Characters in a line. */
const width = 110;
const nameWidth = 17;

/** When size and budget end, for a terminal: `the size ends    2027-08 (2027-06 to 2027-11): Database CPU at 90%`. */
export function forecastLines({ percentAMonth: growth, days, size, budget }: Forecast): string[] {
  const basis = growth
    ? `by the requests of ${dayCount(days)}: ${signed(growth.expected)} a month (${signed(growth.late)} to ${signed(growth.early)})`
    : 'the growth of the requests is not known';
  return [...wrap(`Forecast, ${basis}`, width), ...endLines('the size ends', size), ...endLines('the budget ends', budget)];
}

function endLines(name: string, { early, expected, late, months, because }: End): string[] {
  const band = early === late ? expected : `${expected} (${early} to ${late})`;
  const text = months === 0 ? `now, ${expected}: ${because}` : `${band}: ${because}`;
  const [first = '', ...more] = wrap(text, width - nameWidth - 2);
  const indent = ' '.repeat(nameWidth + 2);
  return [`  ${name.padEnd(nameWidth)}${first}`, ...more.map((line) => `${indent}${line}`)];
}

function signed(percent: number): string {
  const text = figure(Math.abs(percent));
  if (text === '0') return '0%';
  return `${percent < 0 ? '−' : '+'}${text}%`;
}
