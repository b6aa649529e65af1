import type { End, Forecast } from '../../../../alarms/assessment/forecast';
import { endText, growthText } from '../../../../alarms/assessment/forecast-text';
import { type AssessedStore, assessedText, oldText } from '../../assessed-store';
import { colorizer } from './colorize';
import type { TerminalOptions } from './overview';
import { wrap } from './text-table';

/** Characters in a line. */
const width = 110;
const nameWidth = 17;

/** When size and budget end, for a terminal: `the size ends    2027-08 (2027-06 to 2027-11): Database CPU at 90%`. */
export function forecastLines(forecast: Forecast): string[] {
  return [
    ...wrap(`Forecast, ${growthText(forecast) ?? 'the growth of the requests is not known'}`, width),
    ...endLines('the size ends', forecast.size),
    ...endLines('the budget ends', forecast.budget),
  ];
}

function endLines(name: string, end: End): string[] {
  const [first = '', ...more] = wrap(`${endText(end)}: ${end.because}`, width - nameWidth - 2);
  const indent = ' '.repeat(nameWidth + 2);
  return [`  ${name.padEnd(nameWidth)}${first}`, ...more.map((line) => `${indent}${line}`)];
}

/** The forecast of a running store below a report, after whose and of when it is. */
export function assessedStoreText(store: AssessedStore, { colour }: TerminalOptions): string {
  const old = store.olderThanAWeek ? ` · ${colorizer(colour)('warn', oldText)}` : '';
  return ['', `${assessedText(store)}${old}`, ...forecastLines(store.forecast)].map((line) => `${line}\n`).join('');
}
