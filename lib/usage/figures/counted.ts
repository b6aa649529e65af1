import { figures } from '../figure';

const insights = "AWS's list of metric names";

/** How requests are counted by what AWS bills; the same in every size. */
export const counted = figures({
  requestsPerConnection: {
    meaning: 'requests on a connection between CDN and load balancer',
    value: 10,
    least: 1,
    most: 100_000,
    range: { times: [0.3, 10], why: 'CloudFront keeps connections as long as there is work for them' },
  },
  connectionSeconds: {
    meaning: 'seconds that a connection between CDN and load balancer stays open',
    value: 60,
    least: 0,
    most: 4_000,
    range: { times: [0.2, 1], why: 'the balancer closes an idle one after a minute' },
  },
  requestKiB: {
    meaning: 'KiB per request on average',
    value: 1,
    least: 0,
    most: 10_000,
    range: { times: [0.5, 2], why: 'cookies and headers of browsers' },
  },
  challengedShare: {
    meaning: 'share of the requests to the load balancer that the firewall challenges: bots, and pages whose token has expired',
    value: 0.01,
    least: 0,
    most: 1,
    range: { times: [0.2, 10], why: 'bots come in waves' },
  },
  requestsPerDnsQuery: {
    meaning: 'requests to the CDN per DNS query',
    value: 20,
    least: 1,
    most: 1e6,
    range: { times: [0.5, 3], why: 'resolvers keep answers for many viewers' },
  },
  spansPerRequest: {
    meaning:
      'spans per request of which a trace is kept: its own, its queries and reads of the cache, the messages that it sends and their handling',
    value: 8,
    least: 1,
    most: 10_000,
    range: { times: [0.5, 2], why: 'a read from the cache has three, a check-out twenty' },
  },
  spanKiB: {
    meaning: 'KiB per span with its attributes, as the endpoint takes it',
    value: 1,
    least: 0.01,
    most: 1_000,
    range: { times: [0.5, 2], why: 'queries are long or short' },
  },
  indexedSpanShare: {
    meaning:
      "share of the spans that the account indexes, which is free; what the log group aws/spans keeps is the account's and is not counted",
    value: 0.01,
    least: 0,
    most: 1,
  },
  lambdaCalls: { meaning: 'calls per Lambda function: one a minute', value: 43_800, least: 0, most: 1e9 },
  lambdaSeconds: {
    meaning: 'seconds per call of a Lambda function',
    value: 1,
    least: 0,
    most: 900,
    range: { times: [0.5, 5], why: 'AWS answers slowly at times' },
  },
  insightsPerCluster: { meaning: `metrics of Container Insights per cluster (${insights})`, value: 20, least: 0, most: 1_000 },
  insightsPerService: { meaning: 'metrics of Container Insights per service', value: 25, least: 0, most: 1_000 },
  insightsPerDefinition: { meaning: 'metrics of Container Insights per task definition', value: 15, least: 0, most: 1_000 },
  insightsPerTask: { meaning: 'metrics of Container Insights per task', value: 13, least: 0, most: 1_000 },
  insightsPerContainer: { meaning: 'metrics of Container Insights per running container', value: 11, least: 0, most: 1_000 },
});
