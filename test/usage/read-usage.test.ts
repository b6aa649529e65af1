import { readUsage } from '../../lib/usage/read-usage';

test.each([
  ['orders=3000,users=8000,pictures=5TB', { orders: 3_000, users: 8_000, pictures: 5_000 }],
  ['orders=3k, users=1.5M', { orders: 3_000, users: 1_500_000 }],
  ['cdnHitRate=80%', { cdnHitRate: 0.8 }],
  ['pictureKb=0.2MB,originalMb=900KB,cdnGbOut=1PB', { pictureKb: 200, originalMb: 0.9, cdnGbOut: 1_000_000 }],
  ['orderUsd=75usd,orders=10_000,', { orderUsd: 75, orders: 10_000 }],
])('%s is read', (text, usage) => {
  expect(readUsage(text)).toEqual({ usage });
});

test('every problem is told, with what is allowed', () => {
  expect(readUsage('order=3,Users=5,pictures=5GHz,orders=-1,cdnHitRate=2,users,leastApiTasks=3,visits=1e3')).toEqual({
    problems: [
      '"order" is not a figure of a month: docs/settings.md#usage has all, such as orders, users, visitsPerUser, pictures, cdnGbOut',
      '"Users" is not a figure of a month: did you mean users?',
      'pictures must be a number from 0 to 1,000,000,000 GB, not "5GHz"',
      'orders must be a number from 0 to 1,000,000,000, not "-1"',
      'cdnHitRate must be a number from 0 to 0.99, not "2"',
      '"users" is no figure: write name=value, for example orders=3000',
      'leastApiTasks follows from the store’s settings: change those',
      'visits must be a number from 0 to 10,000,000,000,000, not "1e3"'.replace('10,000,000,000,000', '1,000,000,000,000'),
    ],
  });
  expect(readUsage(' ')).toEqual({ problems: ['no figure is given: write name=value, for example orders=3000'] });
});
