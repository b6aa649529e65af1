import { hoursAMonth } from '../../facts/month';
import { figures } from '../figure';

const minutesAMonth = hoursAMonth * 60;
const secondsAMonth = minutesAMonth * 60;

/** What a month's visits and orders make of requests, messages, data and tasks. Assumptions of this project where nothing else is said. */
export const traffic = figures({
  cdnRequests: {
    meaning: 'viewers’ HTTPS requests to the CDN',
    value: { text: 'pages × requestsPerPage', of: ({ pages = 0, requestsPerPage = 0 }) => pages * requestsPerPage },
    least: 0,
    most: 1e13,
  },
  apiRequests: {
    meaning: 'requests that reach the load balancer',
    value: {
      text: 'cdnRequests × (1 − cdnHitRate)',
      of: ({ cdnRequests = 0, cdnHitRate = 0 }) => cdnRequests * (1 - cdnHitRate),
    },
    least: 0,
    most: 1e13,
  },
  apiResponseKiB: {
    meaning: 'KiB per API response on average: a product list of 24 without large JSON columns, compressed',
    value: 4,
    least: 0,
    most: 10_000,
    range: { times: [0.5, 2], why: 'single products are smaller, lists of 100 larger' },
  },
  cdnGbOut: {
    meaning: 'GB from the CDN to viewers',
    unit: 'GB',
    value: {
      text: 'pages × (picturesPerPage × pictureKb + otherKbPerPage) ÷ 1,000,000',
      of: ({ pages = 0, picturesPerPage = 0, pictureKb = 0, otherKbPerPage = 0 }) =>
        (pages * (picturesPerPage * pictureKb + otherKbPerPage)) / 1e6,
    },
    least: 0,
    most: 1e10,
  },
  messagesPerOrder: {
    meaning: 'messages an order: a notification and an e-mail of each news, its payment, and three to spare',
    value: { text: '2 × emailsPerOrder + 4', of: ({ emailsPerOrder = 0 }) => 2 * emailsPerOrder + 4 },
    least: 0,
    most: 10_000,
  },
  queueMessages: {
    meaning: 'messages in all queues; each is sent, received and deleted',
    value: { text: 'orders × messagesPerOrder', of: ({ orders = 0, messagesPerOrder = 0 }) => orders * messagesPerOrder },
    least: 0,
    most: 1e12,
  },
  leastApiTasks: { meaning: 'API tasks at the least', value: 'template', least: 0, most: 100_000 },
  mostApiTasks: { meaning: 'API tasks at the most', value: 'template', least: 0, most: 100_000 },
  busyShare: {
    meaning: 'share of the month in which all API tasks run: evenings and drops',
    value: 0.04,
    least: 0,
    most: 1,
    range: { times: [0, 3], why: 'a month without a drop, or one a week' },
  },
  requestsPerMinutePerTask: {
    meaning: 'requests a minute above which the scaling starts another API task',
    value: 'template',
    least: 1,
    most: 1e9,
  },
  averageApiTasks: {
    meaning: 'API tasks on average; never below the minimum, never above the maximum',
    value: {
      text: `min(mostApiTasks, max(leastApiTasks + busyShare × (mostApiTasks − leastApiTasks), apiRequests ÷ ${minutesAMonth.toLocaleString('en-US')} ÷ requestsPerMinutePerTask))`,
      of: ({ leastApiTasks = 0, mostApiTasks = 0, busyShare = 0, apiRequests = 0, requestsPerMinutePerTask = 1 }) =>
        Math.min(
          mostApiTasks,
          Math.max(
            leastApiTasks + busyShare * (mostApiTasks - leastApiTasks),
            apiRequests / minutesAMonth / requestsPerMinutePerTask,
          ),
        ),
    },
    least: 0,
    most: 100_000,
  },
  leastWorkerTasks: { meaning: 'worker tasks at the least', value: 'template', least: 0, most: 100_000 },
  mostWorkerTasks: { meaning: 'worker tasks at the most', value: 'template', least: 0, most: 100_000 },
  messagesPerSecondPerTask: {
    meaning: 'messages a second that keep a worker task busy',
    value: 5,
    least: 0.01,
    most: 100_000,
    range: { times: [0.5, 2], why: 'it waits for SES and PostgreSQL' },
  },
  averageWorkerTasks: {
    meaning: 'worker tasks on average; never below the minimum, never above the maximum',
    value: {
      text: `min(mostWorkerTasks, max(leastWorkerTasks, queueMessages ÷ ${secondsAMonth.toLocaleString('en-US')} ÷ messagesPerSecondPerTask))`,
      of: ({ leastWorkerTasks = 0, mostWorkerTasks = 0, queueMessages = 0, messagesPerSecondPerTask = 1 }) =>
        Math.min(mostWorkerTasks, Math.max(leastWorkerTasks, queueMessages / secondsAMonth / messagesPerSecondPerTask)),
    },
    least: 0,
    most: 100_000,
  },
  queueEmptyReceives: {
    meaning: 'long-polling requests without a message, per queue: one task asks three times a minute',
    value: {
      text: `averageWorkerTasks × 3 × ${minutesAMonth.toLocaleString('en-US')}`,
      of: ({ averageWorkerTasks = 0 }) => averageWorkerTasks * 3 * minutesAMonth,
    },
    least: 0,
    most: 1e12,
  },
  outboundKb: {
    meaning: 'KB an API request to payment provider, e-mail and AWS APIs, images included',
    unit: 'KB',
    value: 5,
    least: 0,
    most: 100_000,
    range: { times: [0.4, 3], why: 'logs and traces go out, too; nobody has measured a store' },
  },
  natGb: {
    meaning: 'GB through NAT gateways, where there are any',
    unit: 'GB',
    value: {
      text: 'apiRequests × outboundKb ÷ 1,000,000',
      of: ({ apiRequests = 0, outboundKb = 0 }) => (apiRequests * outboundKb) / 1e6,
    },
    least: 0,
    most: 1e10,
  },
  leavesAwsShare: {
    meaning: 'share of it that leaves AWS',
    value: 0.2,
    least: 0,
    most: 1,
    range: { times: [0.5, 2], why: 'most of it goes to APIs of AWS' },
  },
  internetGbOut: {
    meaning: 'GB from the VPC to the Internet',
    unit: 'GB',
    value: {
      text: 'apiRequests × outboundKb × leavesAwsShare ÷ 1,000,000',
      of: ({ apiRequests = 0, outboundKb = 0, leavesAwsShare = 0 }) => (apiRequests * outboundKb * leavesAwsShare) / 1e6,
    },
    least: 0,
    most: 1e10,
  },
  interZoneKb: {
    meaning: 'KB an API request that cross a zone between tasks and the cache, the proxy or a database',
    unit: 'KB',
    value: 18,
    least: 0,
    most: 100_000,
    range: { times: [0.4, 2], why: 'two of three zones are others; a read of the cache is three times the compressed answer' },
  },
  interZoneGb: {
    meaning: 'GB across zones between tasks and the cache, the proxy or a database',
    unit: 'GB',
    value: {
      text: 'apiRequests × interZoneKb ÷ 1,000,000',
      of: ({ apiRequests = 0, interZoneKb = 0 }) => (apiRequests * interZoneKb) / 1e6,
    },
    least: 0,
    most: 1e10,
  },
});
