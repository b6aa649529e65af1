import { isIP } from 'node:net';

/** All whose address nobody can read: they share one count, so that leaving it out gains nothing. */
const unknown = 'unknown';

/** Characters of the longest address: IPv6 with an IPv4 one at its end. */
const longestAddress = 45;

/**
 * Whom an address belongs to: an IPv4 address, or the /64 of an IPv6 one, since providers give each subscriber a /64 or more, out
 * of which every request could come from another address.
 */
export function subscriberOf(address: string): string {
  if (address.length > longestAddress) return unknown;
  const version = isIP(address);
  if (version === 4) return address;
  if (version === 0 || address.includes('%')) return unknown; // a zone is for one link alone
  const groups = groupsOf(address);
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) return mappedAddress(groups);
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight numbers of an IPv6 address. */
function groupsOf(address: string): readonly number[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1); // has no dotted end any more
  const [left = [], right = []] = canonical.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16));
}

/** `::ffff:192.0.2.1` is the IPv4 address at its end. */
function mappedAddress(groups: readonly number[]): string {
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.');
}
