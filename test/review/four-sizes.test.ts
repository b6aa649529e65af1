import { reviewSize } from '../../lib/review/review-size';
import type { StoreReview } from '../../lib/review/review-store';
import { averageTasks } from '../../lib/template/tasks';
import { Template } from '../../lib/template/template';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import { reviewedTemplate } from '../support/reviewed-templates';
import { storeConfig } from '../support/stores';
import { cents } from './cost/bill-of';

const reviews = new Map<TierName, StoreReview>(
  tierNames.map((tier) => [tier, reviewSize(storeConfig(tier), reviewedTemplate(tier))]),
);

function lines(tier: TierName) {
  return reviews.get(tier)?.lines ?? [];
}

/** USD of all lines of a part with the label, to the cent. */
function usd(tier: TierName, part: string, label: string): number {
  const found = lines(tier).filter((line) => line.part === part && line.label === label);
  expect(found).not.toEqual([]);
  return cents({ usdPerMonth: found.reduce((sum, { usdPerMonth }) => sum + usdPerMonth, 0) });
}

// Each amount is worked out by hand from the price list of us-east-1 in the comment beside it.
const golden: Record<TierName, readonly (readonly [part: string, label: string, usd: number])[]> = {
  small: [
    ['database', 'db.t4g.micro Multi-AZ', 23.36], // 0.032 × 730
    ['database', '20 GB gp3', 4.6], // 20 × 0.23
    ['database', 'backups of 7 days', 0], // 20 × 0.5 × 1.07 = 10.7 GB of 20 free
    ['cache', '1 × cache.t4g.micro', 11.68], // 0.016 × 730
    ['api', '2 ARM tasks × 0.25 vCPU', 11.82], // 2 × 0.25 × 0.03238 × 730
    ['api', '2 ARM tasks × 0.5 GB', 2.6], // 2 × 0.5 × 0.00356 × 730
    ['worker', '1 Spot ARM task × 0.25 vCPU', 1.77], // 0.25 × 0.03238 × 730 × 0.3
    ['worker', '1 Spot ARM task × 0.5 GB', 0.39], // 0.5 × 0.00356 × 730 × 0.3
    ['network', 'public IPv4 addresses of 2 tasks', 7.3], // 2 × 0.005 × 730
    ['network', 'public IPv4 addresses of 1 task', 3.65], // 0.005 × 730
    ['load-balancer', 'Application Load Balancer', 16.43], // 0.0225 × 730 = 16.425
    ['alarms', '60 alarms, by metric', 7.2], // 72 × 0.1; the free ten go to auto scaling's 14
    ['alarms', 'composite alarm', 1], // 2 × 0.5
    ['cdn', 'data to viewers', 0], // 60 GB of 1 TB free
    ['cdn', 'HTTPS requests', 0], // 1.8 of 10 million free
    ['key', 'customer-managed key', 1],
    ['queues', 'requests to 3 standard queues', 0], // 3 × (3 × 10,000 / 4 + 130,000) = 412,500 of 1 million free
  ],
  medium: [
    ['database', 'db.t4g.medium Multi-AZ', 94.17], // 0.129 × 730
    ['database', '100 GB gp3', 23], // 100 × 0.23
    ['replicas', 'db.t4g.medium Single-AZ', 47.45], // 0.065 × 730
    ['replicas', '100 GB gp3', 11.5], // 100 × 0.115
    ['proxy', 'RDS Proxy, 2 vCPU', 21.9], // 2 × 0.015 × 730
    ['cache', '2 × cache.t4g.medium', 94.9], // 2 × 0.065 × 730
    ['api', '2 ARM tasks × 1 vCPU', 47.27], // 2 × 0.03238 × 730
    ['network', 'NAT gateway', 32.85], // 0.045 × 730
    ['network', 'public IPv4 address', 3.65], // 0.005 × 730
    ['firewall', 'rules and rule groups', 4],
    ['cdn', 'data to viewers', 0], // 540 GB of 1 TB free
    ['cdn', 'HTTPS requests', 12.5], // (22.5 − 10) million × 0.01 / 10,000
  ],
  large: [
    ['database', 'db.m8g.xlarge Multi-AZ', 490.56], // 0.672 × 730
    ['database', '400 GB gp3', 92], // 400 × 0.23; 12,000 IOPS and 500 MiB/s are included
    ['replicas', 'db.m8g.xlarge Single-AZ', 490.56], // 2 × 0.336 × 730
    ['replicas', '400 GB gp3', 92], // 2 × 400 × 0.115
    ['proxy', 'RDS Proxy, 4 vCPU', 43.8], // 4 × 0.015 × 730
    ['cache', '4 × cache.m7g.large', 461.36], // 4 × 0.158 × 730
    ['api', '4 ARM tasks × 1 vCPU', 94.55], // 4 × 0.03238 × 730
    ['api', '4 ARM tasks × 2 GB', 20.79], // 4 × 2 × 0.00356 × 730
    ['network', 'NAT gateway', 98.55], // 3 × 0.045 × 730
    ['cdn', 'data to viewers', 121.21], // 25,000,000 pages × (1.3 × 60 + 20) KB = 2,450 GB; (2,450 − 1,024) × 0.085
  ],
  enterprise: [
    ['database', 'db.r8g.2xlarge Multi-AZ', 1395.76], // 1.912 × 730
    ['database', '600 GB gp3', 138], // 600 × 0.23
    ['replicas', 'db.r8g.2xlarge Single-AZ', 1395.76], // 2 × 0.956 × 730
    ['proxy', 'RDS Proxy, 8 vCPU', 87.6], // 8 × 0.015 × 730
    ['cache', '6 × cache.m7g.xlarge', 1379.7], // 6 × 0.315 × 730
    ['api', '10 ARM tasks × 1 vCPU', 236.37], // 10 × 0.03238 × 730 = 236.374
    ['cdn', 'data to viewers', 592.96], // (8,000 − 1,024) × 0.085
    ['cdn', 'HTTPS requests', 990], // (1,000 − 10) million × 0.01 / 10,000
  ],
};

test('the small size’s alarms and dashboards cost 9.50 USD at the most', () => {
  const alarmCoverage = lines('small').filter(({ part }) => ['alarms', 'dashboards', 'assessor'].includes(part));
  expect(alarmCoverage.length).toBeGreaterThan(5);
  expect(cents({ usdPerMonth: alarmCoverage.reduce((sum, { usdPerMonth }) => sum + usdPerMonth, 0) })).toBeLessThanOrEqual(9.5);
});

describe.each([...tierNames])('the review of a plain %s store in us-east-1', (tier) => {
  it.each(golden[tier].map(([part, label, amount]) => ({ part, label, amount })))(
    'counts $label of $part as $amount USD',
    (row) => {
      expect(usd(tier, row.part, row.label)).toBe(row.amount);
    },
  );

  it('finds the services whose average tasks the size assumes, by their tags', () => {
    const services = new Template(reviewedTemplate(tier)).ofType('AWS::ECS::Service');
    const averages = services.map((service) => averageTasks(service.tag('part') ?? ''));

    expect(new Set(averages)).toEqual(new Set(['averageApiTasks', 'averageWorkerTasks']));
  });

  it('is within its budget', () => {
    expect(reviews.get(tier)?.budget).toMatchObject({ verdict: 'holds' });
  });

  it('has a price for everything', () => {
    expect(reviews.get(tier)?.missingPrices).toEqual([]);
  });

  it('names the source of every price', () => {
    expect(lines(tier).filter(({ source }) => source === '')).toEqual([]);
  });
});
