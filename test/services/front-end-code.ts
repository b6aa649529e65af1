import { textOf } from '../docs/commands-in-documents';

/** The code of docs/front-end.md, but that for WAF's script. */
const code = [...textOf('docs/front-end.md').matchAll(/^```js\n(.*?)^```$/gms)]
  .map(([, block = '']) => block)
  .filter((block) => !block.includes('AwsWafIntegration'))
  .join('\n');

/** Runs it in something like a browser's page, whose globals are `given`; gives the functions of these names. */
export function loadPage<T>(given: Readonly<Record<string, unknown>>, names: readonly (keyof T & string)[]): T {
  // oxlint-disable-next-line typescript/no-implied-eval -- what a document prints is what is run
  const load = new Function(...Object.keys(given), `${code}; return { ${names.join(', ')} };`) as (...values: unknown[]) => T;
  return load(...Object.values(given));
}
