import { Problem } from './problem';
import type { RequestContext } from './request-log';

/** Where the CDN is reached without a domain of the store's, it hands on no host to compare with; `cloudfront.net` has no sibling that sends cookies. */
const withoutDomain = /\.cloudfront\.net$/;

/** A second layer beside the cookie's SameSite, which lets a sibling subdomain through. Programs send neither header. */
export function refuseOtherOrigins(context: RequestContext, named: readonly string[]): void {
  const site = context.req.header('sec-fetch-site');
  const origin = context.req.header('origin');
  if (origin !== undefined && named.includes(origin)) return;
  if (site === undefined ? isOther(origin, context.req.header('host')) : site !== 'same-origin' && site !== 'none') {
    throw new Problem('cross-origin');
  }
}

/** As `sec-fetch-site` would tell it, which browsers before 2023 do not send. */
export function isOther(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return false;
  const from = URL.parse(origin);
  return from === null || (from.host !== host && !withoutDomain.test(from.hostname));
}
