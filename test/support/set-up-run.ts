import { findValkey, installValkey } from '../../bin/local/parts/valkey-program';
import { acceptGoldenFiles } from './golden';
import makeTemplatesFolder from './templates-of-a-run';

/** Jest's global setup: what all test files of a run share. */
export default async function setUpRun(globalConfig: { readonly updateSnapshot: string }): Promise<void> {
  acceptGoldenFiles(globalConfig);
  makeTemplatesFolder();
  if ((await findValkey()) === undefined) await installValkey(); // tests that need it say how, where this was not possible
}
