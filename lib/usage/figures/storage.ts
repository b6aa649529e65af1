import { figures } from '../figure';

/** What a month leaves behind: logs, files, images, backups, and the calls for keys and secrets. Assumptions of this project. */
export const storage = figures({
  logKbPerRequest: {
    meaning: 'KB of logs an API request: its line, and its share of the firewall’s and the worker’s',
    unit: 'KB',
    value: 0.65,
    least: 0,
    most: 10_000,
    range: { times: [0.6, 3], why: 'an error has a stack; a program of one’s own may say more' },
  },
  otherLogGb: {
    meaning: 'GB of logs that no request causes: database, tasks that start, sessions by exec',
    unit: 'GB',
    value: 0.6,
    least: 0,
    most: 1e6,
    range: { times: [0.5, 3], why: 'slow queries are logged' },
  },
  logGb: {
    meaning: 'GB of logs into CloudWatch Logs',
    unit: 'GB',
    value: {
      text: 'otherLogGb + apiRequests × logKbPerRequest ÷ 1,000,000',
      of: ({ otherLogGb = 0, apiRequests = 0, logKbPerRequest = 0 }) => otherLogGb + (apiRequests * logKbPerRequest) / 1e6,
    },
    least: 0,
    most: 1e9,
  },
  storedLogShare: {
    meaning: "share of a log's size that is stored after compression (examples of AWS's price page)",
    value: 0.15,
    least: 0,
    most: 1,
    range: { times: [0.7, 2], why: 'JSON compresses well, other text less' },
  },
  keptLogMonths: { meaning: 'months of logs counted if a log group never expires', value: 12, least: 1, most: 120 },
  accessLogKb: {
    meaning: 'KB of a line of the access logs of CDN and load balancer',
    unit: 'KB',
    value: 0.6,
    least: 0,
    most: 1_000,
    range: { times: [0.6, 1.5], why: 'lines are longer where addresses and browsers are' },
  },
  accessLogDays: { meaning: 'days that access logs are kept', value: 'template', least: 0, most: 3_650 },
  accessLogGb: {
    meaning: 'GB of access and flow logs kept in S3',
    unit: 'GB',
    value: {
      text: '(cdnRequests + apiRequests) × accessLogKb × accessLogDays ÷ 30 ÷ 1,000,000',
      of: ({ cdnRequests = 0, apiRequests = 0, accessLogKb = 0, accessLogDays = 0 }) =>
        ((cdnRequests + apiRequests) * accessLogKb * accessLogDays) / 30 / 1e6,
    },
    least: 0,
    most: 1e9,
  },
  flowLogShare: {
    meaning: 'GB of flow logs for each GB of access logs',
    value: 0.05,
    least: 0,
    most: 1,
    range: { times: [0.5, 4], why: 'nobody has measured a store' },
  },
  flowLogGb: {
    meaning: 'GB of flow logs delivered to S3, which is billed however long they are kept',
    unit: 'GB',
    value: {
      text: '(cdnRequests + apiRequests) × accessLogKb × flowLogShare ÷ 1,000,000',
      of: ({ cdnRequests = 0, apiRequests = 0, accessLogKb = 0, flowLogShare = 0 }) =>
        ((cdnRequests + apiRequests) * accessLogKb * flowLogShare) / 1e6,
    },
    least: 0,
    most: 1e9,
  },
  filesGb: {
    meaning: 'GB of files in S3',
    unit: 'GB',
    value: {
      text: 'pictures + users × fileMbPerUser ÷ 1,000',
      of: ({ pictures = 0, users = 0, fileMbPerUser = 0 }) => pictures + (users * fileMbPerUser) / 1_000,
    },
    least: 0,
    most: 1e9,
  },
  writesPerProduct: {
    meaning: 'files written a product: one new picture in a month, original and six widths, and what is imported again',
    value: 10,
    least: 0,
    most: 10_000,
    range: { times: [0.3, 3], why: 'catalogues that stand still, and ones that are new each season' },
  },
  filesWrites: {
    meaning: 'write requests to S3',
    value: {
      text: 'orders + products × writesPerProduct',
      of: ({ orders = 0, products = 0, writesPerProduct = 0 }) => orders + products * writesPerProduct,
    },
    least: 0,
    most: 1e12,
  },
  pictureMissShare: {
    meaning: 'share of the pictures asked for that the CDN fetches from S3',
    value: 0.2,
    least: 0,
    most: 1,
    range: { times: [0.25, 2], why: 'each place of the CDN fetches a picture for itself; rare ones leave it' },
  },
  filesReads: {
    meaning: 'read requests to S3',
    value: {
      text: 'pages × picturesPerPage × pictureMissShare',
      of: ({ pages = 0, picturesPerPage = 0, pictureMissShare = 0 }) => pages * picturesPerPage * pictureMissShare,
    },
    least: 0,
    most: 1e12,
  },
  imagesKept: {
    meaning: 'images of programs in the registry',
    value: 'size',
    least: 0,
    most: 100_000,
    range: { times: [0.5, 2], why: 'as often as is deployed' },
  },
  imageMb: {
    meaning: 'MB of an image in the registry',
    unit: 'MB',
    value: 150,
    least: 0,
    most: 100_000,
    range: { times: [0.6, 3], why: 'layers are shared; a program of one’s own may be larger' },
  },
  imageGb: {
    meaning: 'GB of images in the registry',
    unit: 'GB',
    value: { text: 'imagesKept × imageMb ÷ 1,000', of: ({ imagesKept = 0, imageMb = 0 }) => (imagesKept * imageMb) / 1_000 },
    least: 0,
    most: 1e6,
  },
  databaseCpu: {
    meaning: 'mean share of the CPU of each database instance in use; a burstable class bills what exceeds its baseline',
    value: 0.1,
    least: 0,
    most: 1,
    range: { times: [0.5, 3], why: 'the month’s queries take below 1%, RDS’s own work and vacuum the rest; imports take more' },
  },
  databaseUsedShare: {
    meaning: 'share of the storage that contains data (backups count only that)',
    value: 0.5,
    least: 0,
    most: 1,
    range: { times: [0.2, 1.8], why: 'a new store has little, an old one is near its alarm' },
  },
  dailyChangeShare: {
    meaning: 'share of the data that changes in a day (backups keep the changes)',
    value: 0.01,
    least: 0,
    most: 1,
    range: { times: [0.3, 4], why: 'orders and stock change, the catalogue hardly' },
  },
  keptBackupDays: { meaning: 'days of changes counted if AWS Backup never deletes a copy', value: 365, least: 1, most: 3_650 },
  kmsPerRequest: {
    meaning: 'requests to the key an API request: bucket keys keep S3 from asking for each object',
    value: 0.04,
    least: 0,
    most: 100,
    range: { times: [0.25, 4], why: 'nobody has measured a store' },
  },
  kmsRequests: {
    meaning: 'requests to the key',
    value: { text: 'apiRequests × kmsPerRequest', of: ({ apiRequests = 0, kmsPerRequest = 0 }) => apiRequests * kmsPerRequest },
    least: 0,
    most: 1e12,
  },
  keyVersions: {
    meaning: 'versions of a key with rotation: those of after two yearly rotations; AWS bills no later one',
    value: 3,
    least: 1,
    most: 3,
  },
  secretCallsPerTask: {
    meaning: 'calls to Secrets Manager a task: four at each start, 40 starts a month',
    value: 160,
    least: 0,
    most: 1e6,
    range: { times: [0.2, 5], why: 'Spot and drops start tasks' },
  },
  secretCalls: {
    meaning: 'calls to Secrets Manager: nine a night of the rotation, and those of tasks that start',
    value: {
      text: '270 + (averageApiTasks + averageWorkerTasks) × secretCallsPerTask',
      of: ({ averageApiTasks = 0, averageWorkerTasks = 0, secretCallsPerTask = 0 }) =>
        270 + (averageApiTasks + averageWorkerTasks) * secretCallsPerTask,
    },
    least: 0,
    most: 1e10,
  },
});
