import { limits } from '../facts/limits';

export const defaultCidr = '10.0.0.0/16';

interface Cidr {
  readonly address: number;
  readonly prefix: number;
}

/** An IPv4 range whose address is its first one, or undefined. */
function parseCidr(text: string): Cidr | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text)?.slice(1).map(Number);
  if (!parts || parts.slice(0, 4).some((octet) => octet > 255)) return undefined;
  const prefix = parts[4] ?? 0;
  const address = parts.slice(0, 4).reduce((sum, octet) => sum * 256 + octet, 0);
  return prefix <= 32 && address % 2 ** (32 - prefix) === 0 ? { address, prefix } : undefined;
}

const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((range) => parseCidr(range));

/** A private range (RFC 1918) in which nine subnets of the network fit. */
export function isVpcCidr(text: string): boolean {
  const cidr = parseCidr(text);
  if (!cidr || cidr.prefix < limits.vpcPrefix.largest || cidr.prefix > limits.vpcPrefix.smallest) return false;
  return privateRanges.some(
    (range) => range && cidr.address >= range.address && cidr.address < range.address + 2 ** (32 - range.prefix),
  );
}

/** Addresses that AWS leaves free in all subnets of a kind together. */
export function freeAddresses(cidr: string, kind: 'application' | 'public', zones: number): number {
  const prefix = (parseCidr(cidr)?.prefix ?? limits.vpcPrefix.smallest) + limits.subnetPrefixBeyondVpc[kind];
  return zones * (2 ** (32 - prefix) - limits.subnetReservedAddresses.count);
}
