import { terminalLine } from '../../../bin/local/service-output';

const shown = (line: object): string | undefined => terminalLine(JSON.stringify(line), line as Readonly<Record<string, unknown>>);

describe('at the terminal', () => {
  it.each<readonly [string, object, string]>([
    ['a warning', { level: 'warn', service: 'api', message: 'The cache is unavailable' }, 'The cache is unavailable'],
    [
      'an error with its cause',
      { level: 'error', message: 'Failed', error: { name: 'Error', message: 'no route', stack: 'at ...' } },
      'Failed (no route)',
    ],
    ['a warning with more to it', { level: 'warn', message: 'Slow', ms: 1_200 }, 'Slow {"ms":1200}'],
  ])('%s is shown in a line', (_, line, text) => {
    expect(shown({ time: '2026-11-20T12:00:00Z', ...line })).toBe(text);
  });

  it('what is no log line is shown as it is', () => {
    expect(terminalLine('TypeError: x is not a function', {})).toBe('TypeError: x is not a function');
  });

  it.each<readonly [string, object]>([
    ['what goes as it should', { level: 'info', message: 'Listening' }],
    ['metrics', { _aws: {}, QueryTime: 3 }],
  ])('%s is not shown', (_, line) => {
    expect(shown(line)).toBeUndefined();
  });
});
