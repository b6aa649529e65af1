import { isExecutable, placesOnPath } from '../../../../bin/local/parts/executables';

/** Chromium of this machine: `CHROMIUM_PATH`, else the first on the PATH; undefined where there is none. */
export function findChromium(): string | undefined {
  const own = process.env['CHROMIUM_PATH'];
  if (own !== undefined && own !== '') return own; // a wrong path fails in the test: whoever set it wants the test to run
  return ['/usr/bin/chromium', ...placesOnPath('chromium', 'chromium-browser', 'google-chrome')].find(isExecutable);
}
