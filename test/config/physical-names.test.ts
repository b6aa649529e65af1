import { freeAddresses, isVpcCidr } from '../../lib/config/cidr';
import { closestMatch } from '../../lib/config/closest-match';
import { longestNames, longestStoreName, physicalNames } from '../../lib/config/physical-names';
import { isTime, isTimeZone } from '../../lib/config/times';

test('names of a store come from its name alone', () => {
  const names = physicalNames('acme');
  expect([
    names.stack,
    names.databaseInstance,
    names.databaseReplica(1),
    names.databaseProxy,
    names.cacheUser('redis'),
    names.cacheDefaultUser('redis'),
    names.cacheUserGroup('valkey'),
    names.wafLogGroup,
    names.alarm('api-p95'),
  ]).toEqual([
    'Store-acme',
    'acme-database',
    'acme-replica-1',
    'acme-proxy',
    'acme-app-redis',
    'acme-default-redis',
    'acme-users-valkey',
    'aws-waf-logs-acme',
    'acme-api-p95',
  ]);
});

test('the longest name of a store fits every limit, and one character more does not', () => {
  const fitting = longestNames('a'.repeat(longestStoreName));
  const tooLong = longestNames('a'.repeat(longestStoreName + 1));
  expect(fitting.filter(({ name, most }) => name.length > most)).toEqual([]);
  expect(tooLong.filter(({ name, most }) => name.length > most)).not.toEqual([]);
});

test.each([
  ['10.0.0.0/16', true],
  ['172.31.240.0/20', true],
  ['192.168.0.0/16', true],
  ['10.0.0.0/15', false],
  ['10.0.0.0/21', false],
  ['10.0.8.0/20', false],
  ['172.32.0.0/16', false],
  ['10.0.0.256/16', false],
  ['10.0.0.0', false],
  ['fd00::/16', false],
])('%s as the range of a VPC: %p', (cidr, good) => {
  expect(isVpcCidr(cidr)).toBe(good);
});

test.each([
  ['10.0.0.0/16', 'application', 3, 3 * 4091],
  ['10.0.0.0/16', 'public', 3, 3 * 251],
  ['10.0.0.0/20', 'public', 2, 2 * 11],
] as const)('%s leaves %s subnets in %d zones %d addresses', (cidr, kind, zones, free) => {
  expect(freeAddresses(cidr, kind, zones)).toBe(free);
});

test.each([
  ['2026-11-27T09:00:00Z', true],
  ['2026-11-27T09:00+01:00', true],
  ['2028-02-29T09:00:00.5Z', true],
  ['2026-02-29T09:00:00Z', false],
  ['2026-13-01T09:00:00Z', false],
  ['2026-11-27T24:00:00Z', false],
  ['2026-11-27T09:00:00', false],
  ['2026-11-27', false],
  ['tomorrow', false],
])('%s is a time: %p', (text, good) => {
  expect(isTime(text)).toBe(good);
});

test.each([
  ['Europe/Berlin', true],
  ['UTC', true],
  ['America/Argentina/Buenos_Aires', true],
  ['Europe/Atlantis', false],
  ['+01:00', false],
])('%s is a time zone: %p', (zone, good) => {
  expect(isTimeZone(zone)).toBe(good);
});

test.each([
  ['teir', ['tier', 'store'], 'tier'],
  ['alarmMail', ['alarmEmail', 'alarmActions'], 'alarmEmail'],
  ['MEDIUM', ['small', 'medium'], 'medium'],
  ['xxl', ['small', 'large'], undefined],
  ['', ['small'], undefined],
])('%j among %j means %p', (word, candidates, meant) => {
  expect(closestMatch(word, candidates)).toBe(meant);
});
