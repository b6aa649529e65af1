import { readFileSync } from 'node:fs';
import { isObject } from '../../lib/config/is-object';
import { ReconcileError } from '../../lib/reconcile/reconcile-error';
import { replaceFile } from '../replace-file';
import { withStoreSetting } from '../store-setting';

/** Writes the figures as `usage` of a store; those that were not measured stay. @throws ReconcileError where there is no such store */
export function writeUsage(file: string, store: string, measured: Readonly<Record<string, number>>): void {
  const usageOf = (before: unknown): object => ({ ...(isObject(before) && before), ...measured });
  const changed = withStoreSetting(readFileSync(file, 'utf8'), store, 'usage', usageOf);
  if ('problem' in changed) throw new ReconcileError(changed.problem);
  replaceFile(file, changed.text);
}
