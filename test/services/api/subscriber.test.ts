import { subscriberOf } from '../../../services/api/subscriber';

describe('whom an address belongs to', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:c000:207', '192.0.2.7'],
    ['0000:0000:0000:0000:0000:ffff:192.168.100.228', '192.168.100.228'],
  ])('is itself for IPv4: %s', (address, subscriber) => expect(subscriberOf(address)).toBe(subscriber));

  it.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
  ])('is its /64 for IPv6: %s', (address, subscriber) => expect(subscriberOf(address)).toBe(subscriber));

  it.each(['', 'unknown', '192.0.2', '192.0.2.7:443', '192.0.2.7, 192.0.2.8', 'fe80::1%eth0', '::1'.repeat(20), '1:2'])(
    'is nobody in particular for anything else: %j',
    (address) => expect(subscriberOf(address)).toBe('unknown'),
  );
});
