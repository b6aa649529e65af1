import { reviewCapacity } from '../../../lib/review/capacity/review-capacity';
import type { CapacityReview } from '../../../lib/review/capacity/types';
import { costOf } from '../../../lib/review/cost/cost';
import { type CloudFormationTemplate, Template } from '../../../lib/template/template';
import { type TierName, tierNames } from '../../../lib/tiers/tier';
import { tiers } from '../../../lib/tiers/tiers';
import { reviewedTemplate } from '../../support/reviewed-templates';
import { carriedBy, measured } from './a-store';

/** The benchmark's figure of the day on which the tables below were worked out, so that a new one changes no test. */
const benchmark = { ...measured, requestsPerSecondPerVcpu: 3_438 };

const reviews = new Map<TierName, CapacityReview>();

function review(tier: TierName): CapacityReview {
  const known = reviews.get(tier) ?? reviewOf(tier);
  reviews.set(tier, known);
  return known;
}

function reviewOf(tier: TierName, assume = {}): CapacityReview {
  const template = reviewedTemplate(tier);
  const { usage, serves } = tiers[tier];
  const usd = (of: CloudFormationTemplate) =>
    costOf(new Template(of), 'us-east-1', usage).lines.reduce((sum, { usdPerMonth }) => sum + usdPerMonth, 0);
  return reviewCapacity({
    template,
    region: 'us-east-1',
    usage,
    serves,
    assume,
    measured: benchmark,
    usdPerMonth: usd(template),
    costOf: usd,
    isKnownType: () => true,
  });
}

// Requests of viewers a second; what a reader works out by hand stands beside it, the formulas are those of limits.test.ts.
const golden: Readonly<Record<TierName, Readonly<Record<string, number | string>>>> = {
  small: {
    'api-tasks-least': 1_203,
    'cache-network': 1_432, // 0.064 Gbit/s ÷ 8 ÷ 12,288 = 651 reads/s ÷ 0.9091 ÷ 0.5
    'database-iops': 1_797, // 500 ÷ 3.4 ÷ 0.1636 ÷ 0.5
    'worker-messages': 2_160, // 2 ÷ (0.5 ÷ 3) = 12 messages/s × 90 requests a message ÷ 0.5
    'database-throughput': 2_386,
    'api-tasks-most': 2_407, // 4 × 0.25 × 3,438 × 0.5 × 0.7 ÷ 0.5
    'database-cpu-day': 3_130,
    'database-connections': 8_423, // (81 − 10) ÷ 5 = 14 tasks
    'database-iops-half-hour': 10_784,
    'database-cpu-half-hour': 10_955,
    'database-cpu-hour': 10_955,
    'cache-memory': 25_681,
    'cdn-requests': 250_000,
    'cache-connections': 6_015_297,
    'queues-fifo': 12_600_000,
    'load-balancer': 'no limit',
    'queues-standard': 'no limit',
  },
  medium: {
    'api-tasks-least': 6_016, // 6,016.5
    'cache-network': 7_161, // 0.256 Gbit/s ÷ 8 ÷ 12,288 ÷ 0.9091 ÷ 0.4
    'worker-messages': 12_000,
    'database-cpu-day': 14_085,
    'database-iops': 16_176, // 2,000 ÷ 3.4 ÷ 0.0909 ÷ 0.4
    'api-tasks-most': 18_049, // 6 × 3,438 × 0.5 × 0.7 ÷ 0.4
    'database-throughput': 21_413,
    'database-iops-half-hour': 24_265,
    'database-cpu-half-hour': 24_648,
    'database-cpu-hour': 24_648,
    'replicas-cpu': 30_810,
    'database-connections': 66_181, // (291 − 44) ÷ 11 = 22 tasks
    'replica-connections': 75_206,
    'cache-memory': 156_672,
    'cdn-requests': 250_000,
    'nat-connections': 2_062_500,
    'queues-fifo': 15_750_000,
    'cache-connections': 30_070_467,
    'load-balancer': 'no limit',
    'queues-standard': 'no limit',
  },
  large: {
    'api-tasks-least': 20_055,
    'worker-messages': 33_333,
    'cache-hot-key': 43_687, // 0.937 Gbit/s ÷ 8 ÷ 12 KiB ÷ 0.9091 ÷ 0.24
    'database-iops': 80_882, // 6,000 ÷ 3.4 ÷ 0.0909 ÷ 0.24
    'cache-network': 87_374,
    'api-tasks-most': 100_275, // 20 × 3,438 × 0.5 × 0.7 ÷ 0.24
    'database-throughput': 128_559,
    'database-cpu': 144_140,
    'database-iops-half-hour': 161_765,
    'cdn-requests': 250_000,
    'replicas-cpu': 360_349,
    'database-connections': 481_320,
    'replica-connections': 536_471,
    'cache-memory': 637_389, // (2 × 6.38 GiB × 0.75 − 30,000 products × 16 KiB) ÷ 3 KiB × 0.2
    'nat-connections': 6_875_000,
    'queues-fifo': 17_500_000,
    'cache-connections': 50_087_363,
    'load-balancer': 'no limit',
    'queues-standard': 'no limit',
  },
  enterprise: {
    'worker-messages': 26_667,
    'api-tasks-least': 60_165,
    'cache-hot-key': 104_960, // 1.876 Gbit/s ÷ 8 ÷ 12 KiB ÷ 0.9091 ÷ 0.2
    'database-iops': 194_118, // 12,000 ÷ 3.4 ÷ 0.0909 ÷ 0.2
    'database-iops-half-hour': 194_118,
    'database-cpu': 225_514,
    'cdn-requests': 250_000,
    'database-throughput': 308_542,
    'cache-network': 314_880,
    'api-tasks-most': 360_990, // 60 × 3,438 × 0.5 × 0.7 ÷ 0.2
    'replicas-cpu': 563_786,
    'cache-memory': 1_928_283,
    'database-connections': 2_340_419,
    'replica-connections': 2_611_161,
    'nat-connections': 2_750_000,
    'queues-fifo': 7_000_000,
    'cache-connections': 60_044_670,
    'load-balancer': 'no limit',
    'queues-standard': 'no limit',
  },
};

const first: Readonly<Record<TierName, string>> = {
  small: 'cache-network',
  medium: 'cache-network',
  large: 'database-iops',
  enterprise: 'database-iops',
};

describe.each([...tierNames])('a plain %s store', (tier) => {
  it('carries this by each part, the tightest first', () => {
    const { limits } = review(tier);
    expect(limits.map((limit) => [limit.id, carriedBy(limit)])).toEqual(Object.entries(golden[tier]));
  });

  it('has its bottleneck where its tightest limit of an hour is', () => {
    expect(review(tier).bottleneck?.id).toBe(first[tier]);
  });

  it('carries what the documents claim of it, so that it needs no remedy', () => {
    const { demands, recommendedUpgrade } = review(tier);
    expect(demands.map(({ verdict }) => verdict)).toEqual(demands.map(() => 'holds'));
    expect(recommendedUpgrade).toBeUndefined();
  });

  it('costs less than the documents’ ten cents a user', () => {
    expect(review(tier).costs.usdPerUserHolds).toBe(true);
  });

  it('names a source for each limit, and for each claim', () => {
    const { limits, demands } = review(tier);
    expect(limits.filter(({ sources }) => sources.length === 0)).toEqual([]);
    expect(demands.filter(({ source }) => !/\[[a-z-]+\]/.test(source))).toEqual([]);
  });

  it('is told what would carry the claims with a CDN that answers nothing and a Fargate of a tenth', () => {
    const { demands, recommendedUpgrade } = reviewOf(tier, { cdnHitRate: 0, fargateArmSpeed: 0.1 });
    expect(demands.some(({ verdict }) => verdict === 'falls short')).toBe(true);
    expect(recommendedUpgrade?.text).toBe(remedies[tier]);
  });
});

/** Of the enterprise store the disk is too slow for that, which no setting mends. */
const remedies: Readonly<Record<TierName, string | undefined>> = {
  small: 'vCPU of an API task 0.25 → 1', // 1,000 reservations: 2 tasks × 0.25 × 343.8 need 5.8 s, × 1 1.5 s
  medium: 'maximum API tasks 6 → 9', // 10,000 users × 0.2 = 2,000 requests/s; a task 240.7
  large: 'maximum API tasks 20 → 102, class of the database db.m8g.xlarge → db.m8g.2xlarge', // 20,000 requests/s; the disk 19,412
  enterprise: undefined,
};
