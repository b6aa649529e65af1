import { Spacer } from 'aws-cdk-lib/aws-cloudwatch';
import { row, type Size, screen, widgetsOf } from '../../../alarms/dashboards/rows';

const empty = (size: Size) => new Spacer(size);

test.each([1, 2, 3, 5, 7])('%i widgets fill a row from edge to edge', (count) => {
  const [widgets = []] = widgetsOf([row(4, ...Array.from({ length: count }, () => empty), undefined)]);
  expect(widgets).toHaveLength(count);
  expect(widgets.reduce((sum, { width }) => sum + width, 0)).toBe(screen.columns);
});

test('a row without widgets is left out', () => {
  expect(widgetsOf([row(4, undefined)])).toEqual([]);
});
