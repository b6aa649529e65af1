import { findValkey, installValkey } from '../../bin/local/parts/valkey-program';
import makeTemplatesFolder from './templates-of-a-run';

/** Jest's global setup: what all test files of a run share. */
export default async function setUpRun(): Promise<void> {
  makeTemplatesFolder();
  if ((await findValkey()) === undefined) await installValkey(); // tests that need it say how, where this was not possible
}
