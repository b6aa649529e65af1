import type { AppConfig } from '../../lib/config/app-config';
import { apiPaths } from '../../lib/constructs/cdn';
import { healthPaths } from '../../services/contract';
import type { GithubIo } from './io';

const attempts = 10;
const pauseMs = 6_000;

const isPathOfApi = (path: string): boolean => apiPaths.some((pattern) => path.startsWith(pattern.replace('*', '')));

/** Paths of a store that say whether it is healthy and that the CDN sends to whom they ask. */
export function smokePaths({ api, site }: AppConfig): readonly string[] {
  const ofApi = api === undefined ? [healthPaths.live, healthPaths.ready] : [api.healthPath];
  const reached = ofApi.filter((path) => api?.rendersSite === true || isPathOfApi(path));
  return [...reached, ...(site !== undefined && !isPathOfApi(site.healthPath) ? [site.healthPath] : [])];
}

export interface SmokeResult {
  readonly url: string;
  /** `200`, or what came last. */
  readonly answer: string;
  readonly healthy: boolean;
}

/** Asks each path until it answers 200, or for a minute: right after a deployment the CDN may still have an old answer. */
export async function smoke(
  url: string,
  paths: readonly string[],
  io: Pick<GithubIo, 'statusOf' | 'wait'>,
): Promise<readonly SmokeResult[]> {
  const results: SmokeResult[] = [];
  for (const path of paths) results.push(await ask(`${url}${path}`, io));
  return results;
}

async function ask(url: string, { statusOf, wait }: Pick<GithubIo, 'statusOf' | 'wait'>): Promise<SmokeResult> {
  let status = await statusOf(url);
  for (let left = attempts - 1; status !== 200 && left > 0; left -= 1) {
    await wait(pauseMs);
    status = await statusOf(url);
  }
  return { url, answer: status === undefined ? 'no answer' : String(status), healthy: status === 200 };
}
