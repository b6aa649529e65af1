import type { PreflightInput, PreflightRow } from './check';

/** Asks with the credentials of the environment or the profile. The clients load here and not before: they take most of a second. */
export function askAws(input: PreflightInput): Promise<readonly PreflightRow[]> {
  const { createPreflightClients } = require('./clients') as typeof import('./clients');
  const { preflight } = require('./preflight') as typeof import('./preflight');
  return preflight(createPreflightClients({ region: input.config.region }), input);
}
