import { setTimeout as pause } from 'node:timers/promises';

/** Asks until the answer is neither false nor undefined, and gives it. `what`: told where that does not happen in `limitMs`. */
export async function eventually<T>(
  what: string,
  question: () => T | false | undefined | Promise<T | false | undefined>,
  limitMs = 45_000,
): Promise<T> {
  const until = performance.now() + limitMs;
  for (;;) {
    const answer = await question();
    if (answer !== false && answer !== undefined) return answer;
    if (performance.now() > until) throw new Error(`Not within ${limitMs} ms: ${what}`);
    await pause(10);
  }
}
