/** As `brokenShapes`: of the programs that a store brings. */
export const brokenAppShapes: readonly (readonly [key: string, value: unknown, lines: string | readonly string[]])[] = [
  [
    'app',
    'store:1',
    'stores.acme.app is "store:1"; an object is allowed → "app": { "api": { "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2" } }',
  ],
  [
    'app.api',
    'store:1',
    'stores.acme.app.api is "store:1"; an object is allowed → "api": { "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2" }',
  ],
  [
    'app.api.image',
    'store:latest',
    'stores.acme.app.api.image is "store:latest"; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
  ],
  [
    'app.api.command',
    'node api.js',
    [
      'stores.acme.app.api.command is "node api.js"; a list of 1 to 100 arguments is allowed → "command": ["node", "dist/api.js"]',
      'stores.acme.app.api.image is missing; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
    ],
  ],
  [
    'app.api.needs',
    ['databse'],
    [
      'stores.acme.app.api.image is missing; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
      'stores.acme.app.api.needs[0] is "databse"; did you mean "database"? → "database"',
    ],
  ],
  [
    'app.api.environment',
    ['A=1'],
    [
      'stores.acme.app.api.environment is another value, not shown here; an object of at most 100 environment variables is allowed → "environment": { "LOG_LEVEL": "info" }',
      'stores.acme.app.api.image is missing; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
    ],
  ],
  [
    'app.api.secrets',
    { KEY: 'hunter2' },
    [
      'stores.acme.app.api.image is missing; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
      'stores.acme.app.api.secrets.KEY is another value, not shown here; the complete ARN of a secret in Secrets Manager, with the six characters at its end, is allowed → "KEY": "arn:aws:secretsmanager:us-east-1:111122223333:secret:payments-AbCdEf"',
    ],
  ],
  [
    'app.api.writableFolders',
    ['tmp'],
    [
      'stores.acme.app.api.image is missing; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
      'stores.acme.app.api.writableFolders[0] is "tmp"; a path that starts with / is allowed → "/tmp"',
    ],
  ],
  [
    'app.api.port',
    0,
    [
      'stores.acme.app.api.image is missing; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
      'stores.acme.app.api.port is 0; a whole number from 1 to 65535 is allowed → "port": 1',
    ],
  ],
  [
    'app.api.healthPath',
    'health',
    [
      'stores.acme.app.api.healthPath is "health"; a path that starts with / is allowed → "healthPath": "/health"',
      'stores.acme.app.api.image is missing; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
    ],
  ],
  [
    'app.api.rendersSite',
    'yes',
    [
      'stores.acme.app.api.image is missing; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
      'stores.acme.app.api.rendersSite is "yes"; true or false is allowed, without quotes → "rendersSite": true',
    ],
  ],
  [
    'app.worker',
    'mine',
    'stores.acme.app.worker is "mine"; one of "store", "none" is allowed, or: an object is allowed → "worker": "store"',
  ],
  [
    'app.worker',
    { image: 'store:1', healthCommand: 'true' },
    'stores.acme.app.worker.healthCommand is "true"; a list of 1 to 100 arguments is allowed → "healthCommand": ["node", "dist/healthy.js"]',
  ],
  [
    'app.migrations',
    ['node', 'migrate.js'],
    'stores.acme.app.migrations is ["node", "migrate.js"]; one of "store", "none" is allowed, or: an object is allowed → "migrations": "store"',
  ],
  [
    'app.migrations',
    { command: ['node', 'migrate.js'] },
    'stores.acme.app.migrations.image is missing; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
  ],
  [
    'app.site',
    true,
    'stores.acme.app.site is true; an object is allowed → "site": { "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2" }',
  ],
  [
    'app.site.image',
    'store',
    'stores.acme.app.site.image is "store"; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
  ],
  [
    'app.site.command',
    [],
    [
      'stores.acme.app.site.command is []; a list of 1 to 100 arguments is allowed → "command": ["node", "server.js"]',
      'stores.acme.app.site.image is missing; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
    ],
  ],
  [
    'app.site.needs',
    'database',
    [
      'stores.acme.app.site.image is missing; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
      'stores.acme.app.site.needs is "database"; a list of 0 to 8 needs is allowed → "needs": ["database", "cache"]',
    ],
  ],
  [
    'app.site.environment',
    ['A=1'],
    [
      'stores.acme.app.site.environment is another value, not shown here; an object of at most 100 environment variables is allowed → "environment": { "LOG_LEVEL": "info" }',
      'stores.acme.app.site.image is missing; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
    ],
  ],
  [
    'app.site.secrets',
    'arn:aws:secretsmanager:us-east-1:111122223333:secret:key-AbCdEf',
    [
      'stores.acme.app.site.image is missing; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
      'stores.acme.app.site.secrets is another value, not shown here; an object of at most 100 secrets is allowed → "secrets": { "PAYMENT_KEY": "arn:aws:secretsmanager:us-east-1:111122223333:secret:payments-AbCdEf" }',
    ],
  ],
  [
    'app.site.writableFolders',
    '/tmp',
    [
      'stores.acme.app.site.image is missing; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
      'stores.acme.app.site.writableFolders is "/tmp"; a list of 0 to 10 folders is allowed → "writableFolders": ["/tmp"]',
    ],
  ],
  [
    'app.site.port',
    70000,
    [
      'stores.acme.app.site.image is missing; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
      'stores.acme.app.site.port is 70000; a whole number from 1 to 65535 is allowed → "port": 65535',
    ],
  ],
  [
    'app.site.healthPath',
    '',
    [
      'stores.acme.app.site.healthPath is ""; a path that starts with / is allowed → "healthPath": "/health"',
      'stores.acme.app.site.image is missing; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
    ],
  ],
  [
    'app.site.cpu',
    700,
    [
      'stores.acme.app.site.cpu is 700; one of 256, 512, 1024, 2048, 4096, 8192, 16384 is allowed → "cpu": 1024',
      'stores.acme.app.site.image is missing; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
    ],
  ],
  [
    'app.site.memoryMiB',
    100,
    [
      'stores.acme.app.site.image is missing; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
      'stores.acme.app.site.memoryMiB is 100; a whole number from 512 to 122880 (MiB) is allowed → "memoryMiB": 512',
    ],
  ],
  [
    'app.site.minTasks',
    0,
    [
      'stores.acme.app.site.image is missing; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
      'stores.acme.app.site.minTasks is 0; a whole number from 1 to 5000 (tasks) is allowed → "minTasks": 1',
    ],
  ],
  [
    'app.site.maxTasks',
    'six',
    [
      'stores.acme.app.site.image is missing; an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated → "image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2"',
      'stores.acme.app.site.maxTasks is "six"; a whole number from 1 to 5000 (tasks) is allowed → "maxTasks": 6',
    ],
  ],
  [
    'appCapacity',
    850,
    'stores.acme.appCapacity is 850; an object is allowed → "appCapacity": { "cpuMicroseconds": 850, "measuredOn": "2026-11-30" }',
  ],
  [
    'appCapacity.cpuMicroseconds',
    0,
    [
      'stores.acme.appCapacity.cpuMicroseconds is 0; a number from 1 to 10000000 (µs) is allowed → "cpuMicroseconds": 1',
      'stores.acme.appCapacity.measuredOn is missing; a date is allowed → "measuredOn": "2026-11-30"',
    ],
  ],
  [
    'appCapacity.measuredOn',
    'today',
    [
      'stores.acme.appCapacity.cpuMicroseconds is missing; a number from 1 to 10000000 (µs) is allowed → "cpuMicroseconds": 850',
      'stores.acme.appCapacity.measuredOn is "today"; a date is allowed → "measuredOn": "2026-11-30"',
    ],
  ],
];

/** As `brokenRules`: of the same. */
export const brokenAppRules: readonly (readonly [rule: string, settings: object, line: string])[] = [
  [
    'app-instead-of-container',
    { container: { image: 'store:1.0.0' }, app: { api: { image: 'store:1.0.0' } } },
    'stores.acme.container is given; it is not allowed beside app.api, which replaces it → leave it out',
  ],
  [
    'email-for-who-needs-it',
    { app: { api: { image: 'store:1.0.0', needs: ['email'] } } },
    'stores.acme.app.api.needs is ["email"]; "email" needs the setting emailFrom → "emailFrom": "orders@example.com"',
  ],
  [
    'payments-for-who-needs-it',
    { app: { api: { image: 'store:1.0.0', needs: ['payments'] } } },
    'stores.acme.app.api.needs is ["payments"]; "payments" needs the setting payments → "payments": { "stripeSecretArn": "arn:aws:secretsmanager:..." }',
  ],
  [
    'traces-for-who-needs-it',
    { app: { site: { image: 'store:1.0.0', needs: ['traces'] } } },
    'stores.acme.app.site.needs is ["traces"]; "traces" needs the setting traces → "traces": {}',
  ],
  [
    'store-programs-need-store-migrations',
    { app: { migrations: 'none' } },
    'stores.acme.app.migrations is "none"; "store" is needed by the API and the worker of the store, which ask for its tables → "app": { "worker": "none", … }, or a worker and an API of your own',
  ],
  [
    'store-programs-need-store-migrations',
    { app: { migrations: 'none', api: { image: 'store:1.0.0' } } },
    'stores.acme.app.migrations is "none"; "store" is needed by the worker of the store, which ask for its tables → "app": { "worker": "none", … }, or a worker and an API of your own',
  ],
  [
    'store-api-needs-store-worker',
    { app: { worker: 'none' } },
    'stores.acme.app.worker is "none"; "store" is needed by the API of the store, whose reservations, e-mails and payments its worker ends → leave it out, or bring an API of your own as app.api',
  ],
  [
    'one-renders-the-site',
    { app: { api: { image: 'store:1.0.0', rendersSite: true }, site: { image: 'store:1.0.0' } } },
    'stores.acme.app.api.rendersSite is true; only false is allowed beside app.site, which renders it → "rendersSite": false',
  ],
  [
    'site-memory',
    { app: { site: { image: 'store:1.0.0', cpu: 256, memoryMiB: 4096 } } },
    'stores.acme.app.site.memoryMiB is 4096; Fargate gives 256 CPU units 512, 1024, 2048 MiB → "memoryMiB": 2048',
  ],
  [
    'site-tasks',
    { app: { site: { image: 'store:1.0.0', minTasks: 5, maxTasks: 3 } } },
    'stores.acme.app.site.maxTasks is 3; 5 (app.site.minTasks) or more is allowed → "maxTasks": 5',
  ],
  [
    'capacity-of-own-api',
    { appCapacity: { cpuMicroseconds: 850, measuredOn: '2026-11-30' } },
    "stores.acme.appCapacity is an object; it is not allowed without an API of your own: the store's is measured by npm run bench → leave it out; npm start -- --assume apiCpuMicroseconds=… counts with another figure",
  ],
  [
    'jobsCache-for-who-needs-it',
    { app: { api: { image: 'store:1.0.0', needs: ['jobsCache'] } } },
    'stores.acme.app.api.needs is ["jobsCache"]; "jobsCache" needs the setting jobsCache → "jobsCache": {}',
  ],
  [
    'command-is-not-the-stores',
    { app: { api: { image: 'store:1.0.0', command: ['node', 'api.js'] } } },
    'stores.acme.app.api.command is ["node", "api.js"]; reviews know the programs of the store by this command, and would take yours for one → "command": ["node", "./api.js"]',
  ],
];
