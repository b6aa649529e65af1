import { styleText } from 'node:util';

export type Tone = 'good' | 'bad' | 'warn' | 'quiet' | 'strong';

/** Gives a text the colour of its tone, or leaves it as it is. */
export type Colorize = (tone: Tone, text: string) => string;

const styles = { good: 'green', bad: 'red', warn: 'yellow', quiet: 'dim', strong: 'bold' } as const;

export function colorizer(colour: boolean): Colorize {
  return colour ? (tone, text) => styleText(styles[tone], text, { validateStream: false }) : (_, text) => text;
}
