import type { Tier } from './tier';

/** A growing store: reads leave the primary, connections are pooled, the edge is filtered. */
export const medium: Tier = {
  serves: {
    ordersPerMonth: 10_000,
    users: '10,000-50,000',
    mostUsers: 50_000,
    source: '[drop-store] medium store',
    concurrentUsers: { figure: 10_000, source: '[scalability-report] phase 2' },
    availability: { figure: 99.9, source: '[scalability-report] phase 2' },
    requestsPerSecond: { figure: 1_000, source: '[drop-store] option B, 5,000-50,000 users at once: 500-1,000' },
    buyersAtOnce: { figure: 1_000, source: '[drop-store] limited drop, after the migration' },
  },
  budget: {
    usdPerMonth: 500,
    targetCosts: [
      { from: 20, to: 80, source: '[drop-store] option B, hosted containers for 5,000-50,000 users at once' },
      { from: 20, to: 100, source: '[drop-store] option A, serverless for 10,000-100,000 users at once' },
      { from: 50, to: 100, source: '[drop-store] conclusion, 10,000-50,000 users at once' },
      { from: 91, to: 91, source: '[drop-store] medium store: 20 + 25 + 10 + 10 + 26 for five hosted plans' },
      { from: 300, to: 800, source: '[scalability-report] phase 2' },
      { from: 500, to: 800, source: '[growth-plan] growth, 50,000-200,000 users' },
    ],
    outside: [
      { name: 'payment fees', usdPerMonth: 500, source: '[drop-store] medium store: Stripe' },
      { name: 'error tracking', usdPerMonth: 26, source: '[drop-store] medium store: Sentry' },
    ],
    whyNotTheLowest:
      'the lowest are entry plans of hosters; here the database has a standby, a replica and a proxy, the cache a replica, and WAF, NAT and backups are paid for',
  },
  usage: {
    orders: 10_000, // [drop-store] medium store
    users: 30_000, // the middle of the range
    pagesPerVisit: 7.5, // assumption
    cdnHitRate: 0.6, // the documents' week 4 hit rate [growth-plan]
    picturesPerPage: 3.7, // assumption: some visitors return
    products: 5_000, // assumption
    imagesKept: 6, // assumption
  },
  parts: {
    network: { natGateways: 1 }, // rotation and private tasks need one; one zone's outage stops outbound calls only
    cluster: { containerInsights: false }, // billed per metric; the free service metrics carry the alarms
    api: {
      cpu: 1024, // [right-sizing]: vertical first; Node uses one vCPU a process
      memoryMiB: 2048,
      minTasks: 2, // [scalability-report] phase 2: 2-3 app servers
      maxTasks: 6, // six carry the 500 requests/s of [scalability-report] at 83 a task
      databaseConnections: 10, // [project-files], [right-sizing]: 5-10 an instance
      requestsPerMinutePerTask: 5_000, // [scalability-report] 500 requests/s over six tasks; assumption until a load test says what a vCPU carries
    },
    worker: {
      cpu: 512, // jobs wait for others more than they compute
      memoryMiB: 1024, // the least for 512 units
      minTasks: 1,
      maxTasks: 4, // assumption: a drop's e-mails within minutes
      onDemandTasks: 1, // payments keep a task that is not interrupted; Spot carries the spikes
      databaseConnections: 10, // [project-files], [right-sizing]: 5-10 an instance; a job holds one while SES answers
    },
    database: {
      instanceClass: 'db.t4g.medium', // [right-sizing]: micro, small, medium, large; 4 GiB
      storageGb: 100, // [project-files]: 50-100 GB for 1,000 active users
      multiAz: true,
      readReplicas: 1, // [scalability-report] phase 2 has two; one carries the reads that the cache misses (assumption)
      proxy: true, // asked for; failover in seconds and 6 × 10 + 4 × 5 pooled connections
      login: 'iam', // no password to keep
      backupRetentionDays: 14,
      deletionProtection: true,
    },
    cache: {
      nodeType: 'cache.t4g.medium', // 3 GiB
      mode: 'single',
      shards: 1, // mode is single
      replicasPerShard: 1, // automatic failover
      login: 'iam', // no password to keep
    },
    firewall: { enabled: true, requestsPerFiveMinutes: 2_000 }, // [growth-plan] 100 a minute and API route; pages open several at once
    backups: { enabled: true, retentionDays: 14 },
    logs: { retentionDays: 30 },
    alarms: { diagnostics: true }, // the class and the disk are worth watching
  },
};
