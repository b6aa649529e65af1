import { markdownTable } from '../../../../lib/review/output/markdown/markdown';
import { medium, review, small } from '../terminal/reviews';

describe('the Markdown table', () => {
  const lines = markdownTable([review('small', small), review('medium', medium)]).split('\n');

  it('has a head, a rule and a row of cells for each part', () => {
    const head = lines.indexOf('|  | small | medium |');

    expect(lines[head + 1]).toBe('| --- | --- | --- |');
    expect(lines).toContain('| NAT gateways | - | 1 |');
  });

  it('gives each part its fixed cost and its usage', () => {
    expect(lines.find((line) => line.startsWith('| network '))).toBe('| network | - | 33 + 0.45 |'); // 0.045 × 730 and 10 × 0.045
  });

  it('lists the notes', () => {
    expect(lines.filter((line) => line.startsWith('- accepted risk'))).toHaveLength(2);
  });
});
