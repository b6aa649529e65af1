import type { Tier } from './tier';

/** A store's first months in production. Money decides: no NAT gateway, burstable classes, no parts that can wait. */
export const small: Tier = {
  serves: {
    ordersPerMonth: 1_000,
    users: '1,000-5,000',
    mostUsers: 5_000,
    source: '[drop-store] small store',
    concurrentUsers: { figure: 1_000, source: '[scalability-report] phase 1; [growth-plan] load test' },
    availability: { figure: 99.9, source: '[scalability-report] KPI' },
    buyersAtOnce: { figure: 1_000, source: '[drop-store] limited drop, after the migration' },
  },
  budget: {
    usdPerMonth: 100,
    targetCosts: [
      { from: 0, to: 0, source: '[drop-store] small store: free plans of hosters' },
      { from: 0, to: 0, source: '[growth-plan] starter, below 50,000 users: free plans of hosters' },
      { from: 50, to: 90, source: '[drop-store] minimum small production store' },
      { from: 50, to: 100, source: '[scalability-report] phase 1' },
      { from: 80, to: 90, source: '[project-files] 1,000 active users' },
      { from: 130, to: 180, source: '[project-files] 1,000 active users, with blob storage and a hosted pooler' },
      { from: 210, to: 220, source: '[project-files] 5,000 active users' },
    ],
    outside: [{ name: 'payment fees', usdPerMonth: 50, source: '[drop-store] small store: Stripe' }],
    whyNotTheLowest: 'free plans have no standby database, second task, load balancer or alarms, and stop at their limits',
  },
  usage: {
    orders: 1_000, // [drop-store] small store
    users: 3_000, // the middle of the range
    pagesPerVisit: 6, // assumption
    cdnHitRate: 0.5, // assumption: half of all requests end at the CDN
    picturesPerPage: 5, // assumption: most visitors are new
    products: 500, // assumption
    imagesKept: 3, // assumption
  },
  parts: {
    network: { natGateways: 0 }, // [scalability-report] phase 1 has no room for 33 USD of NAT; tasks get public addresses and no inbound rule
    cluster: { containerInsights: false }, // billed per metric; the free service metrics carry the alarms
    api: {
      cpu: 256, // the smallest Fargate size; [right-sizing]: vertical first, so the next step is 512
      memoryMiB: 512,
      minTasks: 2, // [right-sizing] desiredCount 2: two zones
      maxTasks: 4,
      databaseConnections: 5, // [project-files], [right-sizing]: 5-10 an instance; 4 × 5 + 2 × 5 stay far below db.t4g.micro's ~80
      requestsPerMinutePerTask: 1_250, // a quarter of medium's vCPU
    },
    worker: {
      cpu: 256, // the smallest Fargate size
      memoryMiB: 512,
      minTasks: 1, // queues keep messages for days; one worker catches up
      maxTasks: 2,
      onDemandTasks: 0, // queues wait out a Spot interruption; messages come back after their visibility time
      databaseConnections: 5, // [project-files], [right-sizing]: 5-10 an instance; a job holds one while SES answers
    },
    database: {
      instanceClass: 'db.t4g.micro', // [right-sizing]: the path starts at micro; 1 GiB
      storageGb: 20, // the least gp3 that RDS gives
      multiAz: true, // asked for in every size
      readReplicas: 0, // [right-sizing]: skip until CPU > 70% or reads:writes > 10:1
      proxy: false, // [right-sizing]: pooling comes after replicas; 26 connections need none
      login: 'password', // AWS: log-in by IAM wants 300-1,000 MiB of spare memory, of 1 GiB (docs/decisions/27)
      backupRetentionDays: 7,
      deletionProtection: true,
    },
    cache: {
      nodeType: 'cache.t4g.micro', // 0.5 GiB; sessions and hot products of 5,000 users fit in 100 MB [right-sizing]
      mode: 'single',
      shards: 1, // mode is single
      replicasPerShard: 0, // expendable: it holds nothing that the database does not
      login: 'iam', // no password to keep
    },
    firewall: { enabled: false, requestsPerFiveMinutes: 2_000 }, // 10 USD a month; the API is to limit rates itself [growth-plan]
    backups: { enabled: false, retentionDays: 7 }, // RDS's own backups: 7 days, point in time
    logs: { retentionDays: 30 },
    alarms: { diagnostics: false }, // 8 USD go to what pages and to the documents' thresholds
  },
};
