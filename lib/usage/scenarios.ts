import type { UsageName } from './monthly-usage';

/** Figures that move together, each to an end of its range; all others stay as expected. */
export interface Scenario {
  readonly name: string;
  /** What happens, for people. */
  readonly story: string;
  readonly ends: Readonly<Partial<Record<UsageName, 'low' | 'high'>>>;
}

/** What may come: the bill’s band is from the cheapest to the dearest of them, not a sum of all that may go wrong. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'quiet month',
    story: 'half the orders, fewer people, no drop',
    ends: { orders: 'low', users: 'low', visitsPerUser: 'low', busyShare: 'low' },
  },
  {
    name: 'campaign',
    story: 'twice the orders, more people who look longer, a drop a week',
    ends: { orders: 'high', users: 'high', visitsPerUser: 'high', busyShare: 'high', challengedShare: 'high' },
  },
  {
    name: 'rich pages',
    story: 'larger and more pictures, more requests a page',
    ends: {
      picturesPerPage: 'high',
      pictureKb: 'high',
      otherKbPerPage: 'high',
      requestsPerPage: 'high',
      originalMb: 'high',
      picturesPerProduct: 'high',
      pictureMissShare: 'high',
    },
  },
  {
    name: 'lean pages',
    story: 'small pictures, few requests, a CDN that answers most',
    ends: {
      picturesPerPage: 'low',
      pictureKb: 'low',
      otherKbPerPage: 'low',
      requestsPerPage: 'low',
      pictureMissShare: 'low',
      cdnHitRate: 'high',
    },
  },
  {
    name: 'cold CDN',
    story: 'answers that differ for each viewer: the API does what the CDN does elsewhere',
    ends: { cdnHitRate: 'low', pictureMissShare: 'high', requestsPerConnection: 'low' },
  },
  {
    name: 'talkative services',
    story: 'more logs, traces and data between zones and to the Internet than assumed',
    ends: {
      logKbPerRequest: 'high',
      otherLogGb: 'high',
      accessLogKb: 'high',
      flowLogShare: 'high',
      storedLogShare: 'high',
      outboundKb: 'high',
      leavesAwsShare: 'high',
      interZoneKb: 'high',
      kmsPerRequest: 'high',
      spansPerRequest: 'high',
      spanKiB: 'high',
    },
  },
  {
    name: 'busy database',
    story: 'imports and reports beside the shop, more data that changes',
    ends: { databaseCpu: 'high', databaseUsedShare: 'high', dailyChangeShare: 'high', products: 'high' },
  },
];
