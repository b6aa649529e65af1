import { styleText } from 'node:util';

export type Tone = 'good' | 'bad' | 'warn' | 'quiet' | 'strong';

/** Gives a text the colour of its tone, or leaves it as it is. */
export type Paint = (tone: Tone, text: string) => string;

const styles = { good: 'green', bad: 'red', warn: 'yellow', quiet: 'dim', strong: 'bold' } as const;

export function painter(colour: boolean): Paint {
  return colour ? (tone, text) => styleText(styles[tone], text, { validateStream: false }) : (_, text) => text;
}
