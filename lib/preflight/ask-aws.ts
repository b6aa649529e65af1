import type { PreflightInput, PreflightRow } from './check';
import { PreflightError } from './preflight-error';

/** Asks with the credentials of the environment or the profile. The clients load here and not before: they take most of a second. */
export function askAws(input: PreflightInput): Promise<readonly PreflightRow[]> {
  const { createPreflightClients } = require('./clients') as typeof import('./clients');
  const { preflight } = require('./preflight') as typeof import('./preflight');
  const { region } = input.config;
  return preflight(createPreflightClients(input.offline ? { region, credentials: notAsked } : { region }), input);
}

/** Offline, each call ends before it is made. */
const notAsked = (): Promise<never> => Promise.reject(new PreflightError('not-asked', 'not asked'));
