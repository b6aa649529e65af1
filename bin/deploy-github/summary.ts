import { createHash } from 'node:crypto';
import { markdownRows } from '../../lib/review/output/markdown/markdown';
import type { SmokeResult } from './smoke';

/** What an approval is given for: the review without what time alone changes, such as how long the credentials last. */
export function digestOf(review: string): string {
  const lines = review.split('\n').filter((line) => !line.startsWith('! '));
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

/** What the review said, as it stands in a terminal. */
export function reviewMarkdown(title: string, review: string): string {
  return [`### ${title}`, '', '````text', review.trimEnd(), '````', ''].join('\n');
}

interface Deployed {
  readonly url: string | undefined;
  readonly seconds: number;
  readonly smoke: readonly SmokeResult[];
}

/** What was done: how long it took, where the store is, and whether it answers. */
export function deployedMarkdown({ url, seconds, smoke }: Deployed): string {
  const answers = smoke.map(({ url: asked, answer, healthy }) => [asked, `${answer}${healthy ? '' : ': not healthy'}`]);
  return [
    markdownRows(
      ['deployed', `in ${Math.round(seconds / 60)} min`],
      [
        ['URL', url ?? 'not known: the stack has no output Url'],
        ...(answers.length > 0 ? answers : [['health', 'not asked: the CDN sends no path of a health check to the store']]),
      ],
    ),
    '',
  ].join('\n');
}
