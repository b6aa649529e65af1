import type { Tier } from './tier';

/** Two million users [growth-plan]. */
export const enterprise: Tier = {
  serves: {
    ordersPerMonth: 1_000_000,
    users: '1M-5M',
    mostUsers: 5_000_000,
    source: '[growth-plan] target 2M users; orders: ten times the large store of [drop-store], an assumption',
    concurrentUsers: { figure: 500_000, source: '[drop-store] AWS option: 50,000-500,000+' },
    availability: { figure: 99.99, source: '[scalability-report] phase 3' },
    requestsPerSecond: { figure: 30_000, source: '[growth-plan] throughput 30,000+' },
    buyersAtOnce: { figure: 1_000, source: '[drop-store] limited drop, after the migration' },
  },
  budget: {
    usdPerMonth: 8_500,
    targetCosts: [
      { from: 2_500, to: 2_500, source: '[growth-plan] itemised list for 2M users' },
      { from: 8_000, to: 15_000, source: '[growth-plan] enterprise tier, 1M-5M users' },
    ],
    outside: [{ name: 'monitoring', usdPerMonth: 300, source: '[growth-plan] 2M users: Datadog or Sentry' }],
    whyNotTheLowest:
      'the itemised list counts no standby, proxy, NAT, WAF or logs, and 200 for a CDN that sends tens of terabytes',
  },
  usage: {
    orders: 1_000_000, // assumption: ten times the large store of [drop-store]
    users: 2_000_000, // [growth-plan]
    pagesPerVisit: 5, // assumption
    cdnHitRate: 0.8, // the documents' week 8 hit rate [growth-plan]
    picturesPerPage: 1, // assumption: returning viewers hold pictures
    products: 100_000, // assumption
    imagesKept: 20, // assumption
  },
  parts: {
    network: { natGateways: 3 }, // one a zone
    cluster: { containerInsights: true },
    api: {
      cpu: 1024, // as large: one Node process a task
      memoryMiB: 2048, // the least for 1024 units
      minTasks: 10, // [growth-plan]: API 10 instances
      maxTasks: 60, // six times the night: [growth-plan] asks for 30,000 requests/s in all, most of which the CDN answers
      databaseConnections: 10, // [project-files], [right-sizing]: 5-10 an instance; 600 through the proxy
      requestsPerMinutePerTask: 10_000, // as large
    },
    worker: {
      cpu: 1024, // one Node process a task uses one vCPU
      memoryMiB: 2048, // the least for 1024 units
      minTasks: 4, // three zones and one to spare
      maxTasks: 20, // as large: five times the minimum
      onDemandTasks: 4, // the minimum stays when Spot is taken away
      databaseConnections: 10, // [project-files], [right-sizing]: 5-10 an instance; a job holds one while SES answers
    },
    database: {
      instanceClass: 'db.r8g.2xlarge', // [growth-plan] names r5.xlarge; two generations on and one size up for the writes of 1M orders
      storageGb: 600, // five years of orders at an assumed 5 GB a month, and half free; it grows in place and never shrinks, and gp3 gives 400 GB's IOPS
      multiAz: true,
      readReplicas: 2, // [growth-plan]: two replicas
      proxy: true,
      login: 'iam', // no password to keep
      backupRetentionDays: 35, // the most that RDS keeps
      deletionProtection: true,
    },
    cache: {
      nodeType: 'cache.m7g.xlarge', // 12.93 GiB, as the three r5.large that [growth-plan] names; the network of r7g.xlarge
      mode: 'cluster',
      shards: 3, // [growth-plan]: three nodes
      replicasPerShard: 1, // automatic failover
      login: 'iam', // no password to keep
    },
    firewall: { enabled: true, requestsPerFiveMinutes: 2_000 }, // as medium: the limit is per address, not per store
    backups: { enabled: true, retentionDays: 35 },
    logs: { retentionDays: 60 },
    alarms: { diagnostics: true },
  },
};
