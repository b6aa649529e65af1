import type { CapacityReview, Load } from '../../../../lib/review/capacity/types';
import { reviewStore, type StoreReview } from '../../../../lib/review/review-store';
import { tiers } from '../../../../lib/tiers/tiers';
import { idle, type Resources } from '../../cost/bill-of';

const part = (name: string) => ({ Tags: [{ Key: 'part', Value: name }] });

/** A store of five resources. */
export const small: Resources = {
  Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { Cpu: '256', Memory: '512' } },
  Api: { Type: 'AWS::ECS::Service', Properties: { ...part('api'), TaskDefinition: { Ref: 'Task' }, DesiredCount: 2 } },
  Database: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { DBInstanceClass: 'db.t4g.micro', MultiAZ: true, AllocatedStorage: '20', StorageType: 'gp3' },
  },
  Cdn: { Type: 'AWS::CloudFront::Distribution' },
  Vault: { Type: 'AWS::Backup::BackupVault' },
};

/** The same with a replica, a NAT gateway and backups. */
export const medium: Resources = {
  ...small,
  Replica: { Type: 'AWS::RDS::DBInstance', Properties: { SourceDBInstanceIdentifier: { Ref: 'Database' } } },
  Nat: { Type: 'AWS::EC2::NatGateway' },
  Plan: { Type: 'AWS::Backup::BackupPlan' },
};

const load = (requestsPerSecond: number): Load => ({ requestsPerSecond, concurrentUsers: requestsPerSecond * 5 });

/** A capacity that falls short of what is asked. */
export const capacity: CapacityReview = {
  limits: [
    {
      id: 'database-cpu-day',
      part: 'database',
      title: 'Database CPU',
      duration: 'a day',
      maxLoad: load(1_234),
      value: '247 transactions/s',
      calculation: '0.4 vCPU × 617 a vCPU',
      assumptions: [],
      sources: ['a test'],
    },
    {
      id: 'api',
      part: 'api',
      title: 'API tasks',
      duration: 'always',
      maxLoad: 'not measured',
      value: '2 tasks',
      calculation: 'a custom container',
      assumptions: [],
      sources: [],
    },
  ],
  bottleneck: undefined,
  maxLoad: load(1_234),
  complete: true,
  notExamined: [],
  atHitRates: [{ cdnHitRate: 0.9, maxLoad: load(6_170), bottleneck: 'Database CPU' }],
  demands: [
    {
      id: 'requests-per-second',
      required: '30,000 requests/s in all',
      capacity: '1,230 requests/s',
      headroom: 0.041,
      verdict: 'falls short',
      source: '[growth-plan]',
    },
  ],
  assumptions: [
    {
      name: 'cdnHitRate',
      value: 0.9,
      description: 'of the requests the CDN answers',
      source: 'set with --assume',
      overridden: true,
    },
  ],
  movers: [
    {
      name: 'commitSeconds',
      meaning: 'seconds of a commit',
      why: 'nobody has measured it',
      low: { value: 0.002, headroom: 1.234 },
      high: { value: 0.01, headroom: undefined },
    },
  ],
  costs: { usdPerUser: 0.12, usdPerUserHolds: false, usdPerOrder: 0.5, usdPerVisit: 0.0016, usdPerThousandRequests: 0.0123 },
  nextUpgrade: undefined,
  recommendedUpgrade: {
    text: 'database class db.t4g.micro → db.t4g.small',
    settings: { database: { instanceClass: 'db.t4g.small' } },
    lines: ['"database": { "instanceClass": "db.t4g.small" }'],
    usdPerMonth: 24,
    maxLoad: load(40_000),
    nextBottleneck: 'the cache',
  },
};

/** A review of a small template by the real costs. */
export function review(name: string, resources: Resources, { region = 'us-east-1', usdPerMonth = 100 } = {}): StoreReview {
  return reviewStore({
    name,
    template: { Resources: resources },
    region,
    tier: tiers.small,
    usage: { ...idle, cdnGbOut: 900, natGb: 10 },
    budget: { usdPerMonth, targetCosts: [{ from: 50, to: 100, source: 'a test' }], outside: [], whyNotTheLowest: 'a test' },
    acceptedRisks: [{ path: 'stores.acme.database.multiAz', floor: 'true', got: 'false', reason: 'a test store' }],
  });
}

export const risk = 'stores.acme.database.multiAz is false (required: true): a test store';
