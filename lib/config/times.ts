import * as z from 'zod';

const withSeconds = z.regexes.datetime({ offset: true });
const withoutSeconds = z.regexes.datetime({ offset: true, precision: -1 });

/** ISO 8601 with an offset or Z, on a day that the calendar has (Date.parse takes the 30th of February for the 2nd of March). */
export const isTime = (text: string): boolean => withSeconds.test(text) || withoutSeconds.test(text);

/** IANA names alone: Application Auto Scaling takes no offsets. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false; // RangeError is how Intl says that it knows no such zone
  }
}
