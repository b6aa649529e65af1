import { uniqueIds } from '../../../alarms/dashboards/unique-ids';

const hits = (node: number) =>
  ({ namespace: 'N', name: 'Hits', dimensions: { node: `${node}` }, statistic: 'Sum', unit: 'Count' }) as const;

const rate = (node: number) => ({ expression: 'IF(hits > 0, hits, 0)', metrics: { hits: hits(node) }, unit: 'None' }) as const;

describe('ids of expressions in one widget', () => {
  test('another metric of the same id gets another id, in the expression too', () => {
    const withUniqueIds = uniqueIds();
    expect([rate(1), rate(2)].map(withUniqueIds)).toEqual([
      rate(1),
      { expression: 'IF(hits2 > 0, hits2, 0)', metrics: { hits2: hits(2) }, unit: 'None' },
    ]);
  });

  test('the same metric keeps its id', () => {
    const withUniqueIds = uniqueIds();
    expect([rate(1), rate(1)].map(withUniqueIds)).toEqual([rate(1), rate(1)]);
  });
});
