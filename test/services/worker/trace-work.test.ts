import type { Traces, UnitOfWork } from '../../../services/runtime/traces';
import { traceMessage } from '../../../services/worker/trace-work';

const [traceId, spanId] = ['5759e988bd862e3fe1be46a994272793', '53995c3f42cd8ad8'];

/** What is recorded where the dice fall so. */
function recorder(dice: boolean) {
  const units: UnitOfWork[] = [];
  const traces = {
    dice: () => dice,
    unit: (start: UnitOfWork, work: () => Promise<unknown>) => {
      units.push(start);
      return work();
    },
  } as unknown as Traces;
  return { traces, units };
}

const message = (traceparent?: string) => ({
  MessageId: 'message-1',
  ...(traceparent !== undefined && { MessageAttributes: { traceparent: { DataType: 'String', StringValue: traceparent } } }),
});
const handle = (traces: Traces | undefined, traceparent?: string) =>
  traceMessage(
    traces,
    { queue: 'email', message: message(traceparent), requestId: 'request-1', receives: 1 },
    async () => 'handled',
  );

describe('a message', () => {
  it.each([
    ['is recorded where its sender recorded it', `00-${traceId}-${spanId}-01`, false, [{ traceId, spanId, sampled: true }]],
    ['is left out where its sender left it out', `00-${traceId}-${spanId}-00`, true, []],
    ['of a sender that says nothing is recorded where our dice say so', undefined, true, [undefined]],
    ['of a sender that says nothing is left out where our dice say so', undefined, false, []],
    ['of a sender that says what nobody can read has our dice', 'nonsense', true, [undefined]],
  ])('%s', async (_, traceparent, dice, expected) => {
    const { traces, units } = recorder(dice);
    expect(await handle(traces, traceparent)).toBe('handled');
    expect(units.map(({ from }) => from)).toEqual(expected);
  });

  it('is named by its queue, and has the ids that lead to it', async () => {
    const { traces, units } = recorder(true);
    await handle(traces);
    expect(units).toMatchObject([
      {
        name: 'process email',
        kind: 'consumer',
        attributes: { 'messaging.message.id': 'message-1', 'store.request_id': 'request-1' },
      },
    ]);
  });

  it('is handled where traces are off', async () => {
    expect(await handle(undefined)).toBe('handled');
  });
});
