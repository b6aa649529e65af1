import { ChangeReviewer } from '../../../lib/review/change/review-change';
import { templateOf } from '../../support/stores';
import { changing, set } from './changed-store';
import { refusedCache, refusedEdge } from './refused-cache-and-edge';
import type { RefusedCase } from './refused-case';
import { refusedDatabase } from './refused-database';
import { refusedState } from './refused-state';

const cases: readonly RefusedCase[] = [...refusedDatabase, ...refusedCache, ...refusedEdge, ...refusedState];

test.each(cases)('$change: blocked, with the reason and the way round', ({ review, blocks, lost = [] }) => {
  const { verdict, dataAtRisk, blocks: found } = review();
  expect(verdict).toBe('blocked');
  expect(found.map(({ part, rule, reason, workaround }) => ({ part, rule, reason, workaround }))).toEqual(blocks);
  expect(dataAtRisk).toEqual(lost);
});

test('a block that stands for several resources names them all', () => {
  const shrink = { AllocatedStorage: '50' };
  const { blocks } = changing(
    'medium',
    set('AWS::RDS::DBInstance', shrink, 'DatabasePrimary'),
    set('AWS::RDS::DBInstance', shrink, 'Replicas'),
  );
  expect(blocks.map(({ rule, resources }) => ({ rule, resources }))).toEqual([
    { rule: 'storage-shrinks', resources: ['DatabasePrimaryEDE0B3D0', 'ReplicasReplica1417A9B32'] },
  ]);
});

test('a store does not move to another region: the deployment would create a second one', () => {
  const {
    verdict,
    blocks,
    rollback: back,
  } = new ChangeReviewer().review({
    from: { name: 'small', template: templateOf('small') },
    to: { name: 'small', template: templateOf('small', { region: 'eu-west-1' }) },
    deploy: 'npx cdk deploy --context tier=small',
  });
  expect({ verdict, rollback: back.verdict, rules: blocks.map(({ rule }) => rule) }).toEqual({
    verdict: 'blocked',
    rollback: 'blocked',
    rules: ['region-changes'],
  });
  expect(blocks[0]).toMatchObject({
    reason:
      'region us-east-1 → eu-west-1: the store and its data stay in us-east-1, and the deployment would create a second, empty one in eu-west-1',
    workaround: ['"region": "us-east-1"', 'or move the store: docs/leaving.md, "Moving a store"'],
  });
});
