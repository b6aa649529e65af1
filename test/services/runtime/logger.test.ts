import { createLogger, describeError, logWith } from '../../../services/runtime/logger';
import { collectedLog } from '../parts/collected-log';

describe('a log line', () => {
  it('is one line of JSON, whatever stands in it', () => {
    const { log, text } = collectedLog();
    log.info('two\nlines', { part: 'cache' });
    expect(text().match(/\n/g)).toHaveLength(1);
    expect(JSON.parse(text())).toMatchObject({ level: 'info', service: 'test', message: 'two\nlines', part: 'cache' });
  });

  it('has the id of the trace that is recorded when it is written', () => {
    const written: unknown[] = [];
    let traceId: string | undefined;
    const traces = { logFields: () => (traceId === undefined ? {} : { traceId }) };
    const log = createLogger('test', { write: (line) => written.push(JSON.parse(line)) }, traces);
    log.info('before');
    traceId = '5759e988bd862e3fe1be46a994272793';
    log.warn('within', { part: 'cache' });
    expect(written).toMatchObject([{ message: 'before' }, { message: 'within', part: 'cache', traceId }]);
    expect(written[0]).not.toHaveProperty('traceId');
  });

  it.each(['info', 'warn', 'error'] as const)('of a logger with fields has them beside its own (%s)', (level) => {
    const { log, lines } = collectedLog();
    logWith(log, { requestId: 'request-1', part: 'all' })[level]('Handled', { part: 'one' });
    expect(lines()).toMatchObject([{ level, message: 'Handled', requestId: 'request-1', part: 'one' }]);
  });
});

describe('what is said of an error', () => {
  it('is its name, code, message and stack, and nothing else that it carries', () => {
    const error = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (email)=(ann@example.com) exists' });
    expect(Object.keys(describeError(error).error as object)).toEqual(['name', 'code', 'message', 'stack']);
    expect(JSON.stringify(describeError(error))).not.toContain('ann@example.com');
  });

  it('does not quote a thrown string', () => {
    expect(describeError('hunter2')).toEqual({ error: { name: 'string' } });
  });
});
