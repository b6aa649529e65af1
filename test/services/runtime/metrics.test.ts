import { metrics } from '../../../services/contract';
import { createMetrics } from '../../../services/runtime/metrics';

function collected(options: { everyMs?: number } = {}) {
  const lines: string[] = [];
  const published = createMetrics('shop', { write: (line) => lines.push(line) }, { now: () => 1_700_000_000_000, ...options });
  return { published, lines: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('metrics of a process', () => {
  it('are one line in the Embedded Metric Format, without dimensions, in the namespace of the store', () => {
    const { published, lines } = collected();
    published.observe(metrics.queryTime, 4);
    published.observe(metrics.queryTime, 8);
    published.count(metrics.paymentsFailed);
    published.count(metrics.paymentsFailed);
    published.close();
    expect(lines()).toEqual([
      {
        _aws: {
          Timestamp: 1_700_000_000_000,
          CloudWatchMetrics: [
            {
              Namespace: 'Store/shop',
              Dimensions: [[]],
              Metrics: [
                { Name: 'QueryTime', Unit: 'Milliseconds' },
                { Name: 'PaymentsFailed', Unit: 'Count' },
              ],
            },
          ],
        },
        QueryTime: 6,
        PaymentsFailed: 2,
      },
    ]);
  });

  it('write nothing where nothing came in', () => {
    const { published, lines } = collected();
    published.flush();
    published.close();
    expect(lines()).toEqual([]);
  });

  it('start anew after each line', () => {
    const { published, lines } = collected();
    published.observe(metrics.queryTime, 100);
    published.flush();
    published.observe(metrics.queryTime, 2);
    published.close();
    expect(lines().map(({ QueryTime }) => QueryTime)).toEqual([100, 2]);
  });

  it('are written once a minute', () => {
    jest.useFakeTimers();
    const { published, lines } = collected({ everyMs: 60_000 });
    published.count(metrics.orders);
    jest.advanceTimersByTime(59_999);
    expect(lines()).toHaveLength(0);
    jest.advanceTimersByTime(1);
    expect(lines()).toHaveLength(1);
    published.close();
    jest.useRealTimers();
  });
});
