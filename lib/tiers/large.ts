import type { Tier } from './tier';

/** A store of 100,000 concurrent users: three of each zone's parts, no burstable classes, a cache cluster. */
export const large: Tier = {
  serves: {
    ordersPerMonth: 100_000,
    users: '100,000+ concurrent',
    mostUsers: 100_000,
    source: '[drop-store] large store',
    concurrentUsers: { figure: 100_000, source: '[drop-store] large store; [scalability-report] phase 3' },
    availability: { figure: 99.99, source: '[scalability-report] phase 3' },
    requestsPerSecond: { figure: 10_000, source: '[drop-store] AWS option: 10,000+' },
    buyersAtOnce: { figure: 1_000, source: '[drop-store] limited drop, after the migration' },
  },
  budget: {
    usdPerMonth: 3_000,
    targetCosts: [
      { from: 200, to: 1_000, source: '[drop-store] AWS option, "based on traffic", and more' },
      { from: 650, to: 1_050, source: '[drop-store] large store: 100-500 + 200 + 50 + 50 + 100 + 150 for six services' },
      { from: 2_000, to: 4_000, source: '[growth-plan] scale, 200,000-1M users' },
      { from: 2_000, to: 5_000, source: '[scalability-report] phase 3' },
    ],
    outside: [
      { name: 'payment fees', usdPerMonth: 5_000, source: '[drop-store] large store: Stripe' },
      { name: 'monitoring', usdPerMonth: 150, source: '[drop-store] large store: Datadog' },
    ],
    whyNotTheLowest:
      'the lowest itemises nothing, and the next counts 200 for the database and 50 for Redis; here are a standby, two replicas and a sharded cache',
  },
  usage: {
    orders: 100_000, // [drop-store] large store
    users: 400_000, // within 200K-1M of [growth-plan] scale
    pagesPerVisit: 6.25, // assumption
    cdnHitRate: 0.76, // between the documents' weeks 4 and 8 [growth-plan]
    picturesPerPage: 1.3, // assumption: returning viewers hold pictures
    products: 30_000, // assumption
    imagesKept: 10, // assumption
  },
  parts: {
    network: { natGateways: 3 }, // one a zone: a zone's outage stays in the zone
    cluster: { containerInsights: true },
    api: {
      cpu: 1024, // one Node process a task uses one vCPU: more would lie idle, and its CPU alarms never ring
      memoryMiB: 2048, // the least for 1024 units
      minTasks: 4, // three zones and one to spare
      maxTasks: 20, // five times the night, for a drop of 1,000 buyers at once [drop-store]
      databaseConnections: 10, // [project-files], [right-sizing]: 5-10 an instance
      requestsPerMinutePerTask: 10_000, // 167/s; a vCPU was measured to carry ten times as much at half the benchmark's speed
    },
    worker: {
      cpu: 1024, // one Node process a task uses one vCPU
      memoryMiB: 2048, // the least for 1024 units
      minTasks: 2, // two zones
      maxTasks: 10, // assumption: ten times the orders of medium need no more than five times its workers
      onDemandTasks: 2, // the minimum stays when Spot is taken away
      databaseConnections: 10, // [project-files], [right-sizing]: 5-10 an instance; a job holds one while SES answers
    },
    database: {
      instanceClass: 'db.m8g.xlarge', // 4 vCPU, 16 GiB, no burst credits to run out of
      storageGb: 400, // from 400 GB up gp3 gives 12,000 IOPS and 500 MiB/s
      multiAz: true,
      readReplicas: 2, // [scalability-report] phase 2: primary and two read replicas
      proxy: true,
      login: 'iam', // no password to keep
      backupRetentionDays: 35, // the most that RDS keeps
      deletionProtection: true,
    },
    cache: {
      nodeType: 'cache.m7g.large', // 6.38 GiB; the network of r7g.large, and twice medium's memory
      mode: 'cluster', // [right-sizing]: from 10,000 concurrent connections
      shards: 2, // the least that spreads keys
      replicasPerShard: 1, // automatic failover
      login: 'iam', // no password to keep
    },
    firewall: { enabled: true, requestsPerFiveMinutes: 2_000 }, // as medium: the limit is per address, not per store
    backups: { enabled: true, retentionDays: 35 },
    logs: { retentionDays: 60 },
    alarms: { diagnostics: true },
  },
};
