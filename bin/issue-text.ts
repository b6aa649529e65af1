import type * as z from 'zod';
import { formatLiteral } from '../lib/config/format-literal';
import { pathUnder } from '../lib/config/setting-path';

/** What is wrong in a JSON file: where, what is there, and what is allowed, which is the schema's message. Needs `reportInput`. */
export function issueTexts(issue: z.core.$ZodIssue): readonly string[] {
  const at = issue.path.reduce<string>(pathUnder, '');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${pathUnder(at, key)} is not known; leave it out`);
  const got = issue.input === undefined ? 'is missing' : `is ${formatLiteral(issue.input)}`;
  return [`${at || 'the file'} ${got}; ${issue.message}`];
}
