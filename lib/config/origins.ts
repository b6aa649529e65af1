import { hostName } from './host-name';
import type { DomainConfig } from './store-config';

/** As a browser writes the `origin` of a page, which is compared as text: no path, no default port, no wildcard. */
export function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  if (origin !== text) return false;
  return protocol === 'https:' ? hostName.test(hostname) : protocol === 'http:' && hostname === 'localhost';
}

/**
 * Whether a browser takes a page of the origin for one of the store's own site. The owner's hosted zone tells it, without a list of
 * public suffixes: what stands in that zone has its registrable domain. A page of that domain beyond the zone counts as another site,
 * where the cookie works as well. A store without a domain is below cloudfront.net, a public suffix: every other page is another site.
 */
export function isOfStoresSite(origin: string, domain: Pick<DomainConfig, 'hostedZoneName'> | undefined): boolean {
  const { protocol, hostname } = new URL(origin);
  if (protocol !== 'https:' || domain === undefined) return false;
  return hostname === domain.hostedZoneName || hostname.endsWith(`.${domain.hostedZoneName}`);
}
