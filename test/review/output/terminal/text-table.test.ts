import { colorizer } from '../../../../lib/review/output/terminal/colorize';
import { textTable, wrap } from '../../../../lib/review/output/terminal/text-table';

describe('a table of text', () => {
  it('goes on in the next line where a cell is full', () => {
    expect(textTable([{ width: 4 }, { width: 9 }], [['one', 'two three four']])).toEqual(['one   two three', '      four']);
  });

  it('aligns figures to the right', () => {
    expect(textTable([{ width: 6, align: 'right' }], [['1'], ['100']])).toEqual(['     1', '   100']);
  });

  it('breaks a word that is longer than the line', () => {
    expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
  });

  it('counts no colour as a character', () => {
    const [line = ''] = textTable([{ width: 5 }, { width: 3 }], [[colorizer(true)('good', 'ok'), 'x']]);

    expect(line).toBe('\u001B[32mok\u001B[39m     x');
  });

  it('has no lines without rows', () => {
    expect(textTable([{ width: 3 }], [])).toEqual([]);
  });
});

test('texts are painted only where colour is asked for', () => {
  expect(colorizer(false)('bad', 'no')).toBe('no');
  expect(colorizer(true)('bad', 'no')).toBe('\u001B[31mno\u001B[39m');
});
