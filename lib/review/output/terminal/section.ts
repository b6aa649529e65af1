import type { Colorize } from './colorize';

/** Characters in a line of the long reports. */
export const wideWidth = 120;

/** A titled block of lines after an empty line; empty without lines. */
export function section(title: string, lines: readonly string[], colorize: Colorize): string[] {
  return lines.length === 0 ? [] : ['', colorize('strong', title), ...lines];
}
