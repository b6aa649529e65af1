import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import * as z from 'zod';
import { issueTexts } from '../issue-text';
import { LocalError } from '../local/local-error';
import { programNames } from './programs';

/** What is checked, and what a user of it does: a JSON file beside the app. */

const path = z.string('a path that starts with / is allowed').regex(/^\/\S*$/, 'a path that starts with / is allowed');
const pointer = z.string('a JSON pointer is allowed').regex(/^(\/[^/]*)*$/, 'a JSON pointer such as /id is allowed');
const argumentList = z
  .array(z.string('text is allowed'), 'a list of words such as ["node", "api.js"] is allowed')
  .min(1, 'a word is needed');
const strings = z.record(z.string(), z.string('text is allowed'), 'an object of texts is allowed');
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

const request = z.strictObject(
  {
    method: z.enum(methods, `one of ${methods.join(', ')} is allowed`).default('GET'),
    path,
    headers: strings.default({}),
    body: z.unknown().optional(),
  },
  'an object with a path is allowed',
);

const expectation = z.strictObject({
  status: z.int('a status such as 200 is allowed').exactOptional(),
  body: z.record(pointer, z.unknown(), 'an object of JSON pointers and values is allowed').exactOptional(),
});

const step = z.strictObject({
  request,
  expect: expectation.exactOptional(),
  eventually: expectation.exactOptional(),
  keep: z.record(z.string(), pointer, 'an object of names and JSON pointers is allowed').default({}),
});

const schema = z.strictObject({
  store: z.record(z.string(), z.unknown(), 'the settings of a store are allowed, as in cdk.json'),
  folder: z.string('a folder is allowed, relative to this file').default('.'),
  commands: z
    .partialRecord(z.enum(programNames), argumentList, `an object with commands of ${programNames.join(', ')} is allowed`)
    .default({}),
  variables: strings.default({}),
  probe: z
    .strictObject({
      slow: path.exactOptional(),
      steps: z.array(step, 'a list of steps is allowed').default([]),
    })
    .prefault({}),
});

export type CheckConfig = z.infer<typeof schema>;
export type Step = z.infer<typeof step>;
export type Expectation = z.infer<typeof expectation>;

/** @throws {LocalError} with every problem at once */
export function readConfig(file: string): CheckConfig {
  const parsed = schema.safeParse(readJson(file), { reportInput: true });
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap(issueTexts).map((text) => `  ${text}`);
    throw new LocalError(`${file} is refused:\n${problems.join('\n')}`);
  }
  return { ...parsed.data, folder: resolve(dirname(file), parsed.data.folder) };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new LocalError(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
