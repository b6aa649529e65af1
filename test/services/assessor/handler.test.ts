import { createHandler, type HandlerParts } from '../../../services/assessor/handler';
import { stoppedAfterEach } from '../../support/set-up';
import { type Answering, json, jsonError, startAws } from './aws-server';
import { shop } from './store-in-aws';

const now = new Date('2026-11-20T12:00:00Z');
const distributionId = 'E2EXAMPLE';
const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';
const started = stoppedAfterEach();

async function run(answer: Answering, cdn?: HandlerParts['environment']['cdn']) {
  const server = await started.use(startAws(answer));
  const lines: object[] = [];
  const log = (message: string, fields?: object) => void lines.push({ message, ...fields });
  const handler = createHandler({
    environment: { store: 'shop', region: 'eu-west-1', budgetUsd: 500, cdn },
    clients: server.clients('eu-west-1'),
    edgeCloudWatch: server.clients('us-east-1').cloudWatch,
    log: { info: log, warn: log, error: log },
    now: () => now,
  });
  const written = () => server.requests.filter(({ action }) => action === 'PutMetricData');
  return { handler, server, written, lines };
}

/** Values of a forecast's metric. */
const daysIn = (requests: readonly { readonly input: Readonly<Record<string, unknown>> }[], metric = 'DaysUntilSizeEnds') =>
  requests
    .flatMap(({ input }) => input['MetricData'] as { MetricName: string; Value: number }[])
    .flatMap(({ MetricName, Value }) => (MetricName === metric ? [Value] : []));

/** Requests of a day that double in so many months. */
const doublingIn = (months: number) => (day: number) => 10_000 * 2 ** (day / ((months * 365) / 12));

/** The month's charges so far, of so many USD on the first day that grow as `growth`; for two days of a month, as AWS does, the month before. */
const sumOfMonth = (usdADay: number, growth: (day: number) => number) => {
  const first = Math.floor(now.getTime() / 86_400_000) - 182;
  let [sum, before] = [0, 0];
  const sums = Array.from({ length: 182 }, (_, day) => {
    const date = new Date((first + day) * 86_400_000).getUTCDate();
    if (date === 1) [sum, before] = [0, sum];
    sum += (usdADay * growth(day)) / 10_000;
    return date < 3 ? before : sum;
  });
  return (day: number) => sums[day];
};

/** Of what is asked in us-east-1: the other is the account's charges. */
const isOfCdn = ({ region, input }: { readonly region: string; readonly input: object }): boolean =>
  region === 'us-east-1' && !JSON.stringify(input).includes('EstimatedCharges');

const withCdn =
  (errors: readonly number[], days: readonly number[]): Answering =>
  (request) => {
    const { region, action, input } = request;
    if (region !== 'us-east-1' || action !== 'GetMetricData') return shop()(request);
    const [query] = input['MetricDataQueries'] as { Id: string }[];
    const Values = query?.Id === 'days' ? days : errors;
    const Timestamps = Values.map((_, index) => now.getTime() / 1000 - 300 * (Values.length - index));
    return json({ MetricDataResults: [{ Id: query?.Id, StatusCode: 'Complete', Timestamps, Values }] });
  };

describe('the scheduled assessor', () => {
  it('writes score and confidence as metrics of the store', async () => {
    const { handler, written, lines } = await run(shop({ 'CPUUtilization shop-database': 91 }));

    expect(await handler()).toEqual({ score: 74, light: 'yellow', confidence: 1 });
    expect(written()).toMatchObject([
      {
        region: 'eu-west-1',
        input: {
          Namespace: 'Store/shop',
          MetricData: [
            { MetricName: 'Score', Value: 74, Unit: 'None', Timestamp: now.getTime() / 1000 },
            { MetricName: 'Confidence', Value: 100, Unit: 'Percent' },
            { MetricName: 'DaysUntilSizeEnds', Value: 0, Unit: 'Count' }, // the CPU is over its limit already
          ],
        },
      },
    ]);
    expect(lines).toMatchObject([
      {
        message: 'Assessed',
        score: 74,
        light: 'yellow',
        sizeEnds: { expected: '2026-11', because: 'Database CPU at 90%' },
      },
      {
        message: 'Forecast of the charges',
        budgetEnds: { expected: 'not known', because: '0 days of charges, and 14 are needed' },
      },
    ]);
  });

  it.each([
    ['days of the forecast', 10, 257], // from 50% to 90%: log2(1.8) × 10 months are 257.9 days
    ['its horizon of 24 months where the end is beyond', 60, 730],
  ])('writes %s', async (_, months, days) => {
    const { handler, written } = await run(shop({ RequestCount: doublingIn(months), 'CPUUtilization shop-database': 50 }));
    await handler();

    expect(daysIn(written())).toEqual([days]);
  });

  it.each([
    ['requests do not grow', shop(), 'requests do not grow'],
    [
      'less than two weeks of requests are there',
      shop({ RequestCount: (day) => (day < 7 ? 10_000 : undefined) }),
      '7 days of requests, and 14 are needed',
    ],
    [
      'a part that bears load was not measured',
      shop({ RequestCount: doublingIn(10), EngineCPUUtilization: () => undefined }),
      expect.stringMatching(/^not measured: Cache CPU/),
    ],
  ])('writes no days where %s, and logs why', async (_, answer, because) => {
    const { handler, written, lines } = await run(answer);
    await handler();

    expect(daysIn(written())).toEqual([]);
    expect(lines).toMatchObject([{ sizeEnds: { expected: 'not known', because } }, {}]);
  });

  it.each([
    // 10 USD a day that double in 10 months are 459 a month by now: log2(500 ÷ 459.5) × 10 months are 37.1 days
    ['the days until the account’s charges reach the budget', 10, 10, [37]],
    ['none where the charges do not grow', 10, Infinity, []],
    ['0 where they are above it', 20, Infinity, [0]],
  ])('writes %s', async (_, usdADay, months, days) => {
    const { handler, server, written } = await run(shop({ EstimatedCharges: sumOfMonth(usdADay, doublingIn(months)) }));
    await handler();

    expect(daysIn(written(), 'DaysUntilBudgetEnds')).toEqual(days);
    expect(server.requests.filter(({ region }) => region === 'us-east-1').map(({ action }) => action)).toEqual(['GetMetricData']);
  });

  it('goes on where the charges cannot be read, and says so', async () => {
    const { handler, written, lines } = await run((request) =>
      request.region === 'us-east-1' ? jsonError('AccessDenied') : shop()(request),
    );
    await handler();

    expect(written()).toHaveLength(1);
    expect(lines).toMatchObject([{ message: 'Assessed' }, { message: 'The charges of the account could not be read' }]);
  });

  it('asks for half a year of whole days of the requests that the alarm watches', async () => {
    const { handler, server } = await run(shop());
    await handler();
    const asked = server.requests.filter(
      ({ action, input }) => action === 'GetMetricData' && JSON.stringify(input).includes('requests_a_day'),
    );

    expect(asked.map(({ input }) => Number(input['EndTime']) - Number(input['StartTime']))).toEqual([182 * 86_400]);
  });

  it('writes no score where most is unknown', async () => {
    const { handler, written } = await run((request) =>
      request.action === 'GetMetricData' ? json({ MetricDataResults: [] }) : shop()(request),
    );
    await handler();

    expect(written()).toMatchObject([{ input: { MetricData: [{ MetricName: 'Confidence', Value: 0 }] } }]);
  });

  it.each(['DescribeAlarms', 'GetMetricData', 'PutMetricData'])(
    'fails where %s does, so that Lambda tries again',
    async (action) => {
      const { handler } = await run((request) => (request.action === action ? jsonError('AccessDenied') : shop()(request)));

      await expect(handler()).rejects.toMatchObject({ code: 'access-denied' });
    },
  );
});

describe('the CDN of a store outside us-east-1', () => {
  it('is told again in the store’s region', async () => {
    const { handler, written } = await run(withCdn([0, 2.5], [41, 40]), { distributionId, certificateArn });
    await handler();

    expect(written()[1]).toMatchObject({
      region: 'eu-west-1',
      input: {
        Namespace: 'Store/shop',
        MetricData: [
          { MetricName: 'CdnErrorRate', Value: 0, Unit: 'Percent', Timestamp: now.getTime() / 1000 - 600 },
          { MetricName: 'CdnErrorRate', Value: 2.5, Unit: 'Percent', Timestamp: now.getTime() / 1000 - 300 },
          { MetricName: 'CdnCertificateDaysToExpiry', Value: 40, Timestamp: now.getTime() / 1000 },
        ],
      },
    });
  });

  it('is asked in us-east-1, by the dimensions that CloudFront and ACM write', async () => {
    const { handler, server } = await run(withCdn([0], [40]), { distributionId, certificateArn });
    await handler();
    const asked = server.requests.filter(isOfCdn);

    expect(asked.map(({ input }) => input['MetricDataQueries'])).toMatchObject([
      [
        {
          MetricStat: {
            Metric: {
              Namespace: 'AWS/CloudFront',
              MetricName: '5xxErrorRate',
              Dimensions: [
                { Name: 'DistributionId', Value: distributionId },
                { Name: 'Region', Value: 'Global' },
              ],
            },
            Stat: 'Average',
          },
        },
      ],
      [{ MetricStat: { Metric: { Namespace: 'AWS/CertificateManager', MetricName: 'DaysToExpiry' }, Stat: 'Minimum' } }],
    ]);
  });

  it('is asked for two runs of errors and two days of the certificate, so that one miss leaves no hole', async () => {
    const { handler, server } = await run(withCdn([0], [40]), { distributionId, certificateArn });
    await handler();
    const asked = server.requests.filter(isOfCdn);

    expect(asked.map(({ input }) => Number(input['EndTime']) - Number(input['StartTime']))).toEqual([12 * 3_600, 2 * 86_400]);
  });

  it('writes nothing where nobody visited', async () => {
    const { handler, written } = await run(withCdn([], []), { distributionId, certificateArn });
    await handler();

    expect(written()).toHaveLength(1);
  });

  it('comes after the score, and fails by itself', async () => {
    const { handler, written } = await run(
      (request) => (request.region === 'us-east-1' ? jsonError('AccessDenied') : shop()(request)),
      { distributionId, certificateArn: undefined },
    );

    await expect(handler()).rejects.toMatchObject({ code: 'access-denied', message: expect.stringMatching(/us-east-1/) });
    expect(written()).toHaveLength(1);
  });
});
