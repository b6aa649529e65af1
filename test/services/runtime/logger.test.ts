import { describeError } from '../../../services/runtime/logger';
import { collectedLog } from '../parts/collected-log';

describe('a log line', () => {
  it('is one line of JSON, whatever stands in it', () => {
    const { log, text } = collectedLog();
    log.info('two\nlines', { part: 'cache' });
    expect(text().match(/\n/g)).toHaveLength(1);
    expect(JSON.parse(text())).toMatchObject({ level: 'info', service: 'test', message: 'two\nlines', part: 'cache' });
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
