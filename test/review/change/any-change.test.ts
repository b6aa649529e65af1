import * as fc from 'fast-check';
import { tierNames } from '../../../lib/tiers/tier';
import { reviewedTemplate } from '../../support/reviewed-templates';
import { statefulIds } from '../../traps/state-and-size';
import { between, changing, edited, set } from './changed-store';

const ids = Object.keys(reviewedTemplate('medium').Resources);
const tagged = ids.filter((id) => Array.isArray(reviewedTemplate('medium').Resources[id]?.Properties?.['Tags']));
const few = { numRuns: 25, seed: 6 }; // each compares two whole templates

test.each(tierNames)('%s against itself is safe and has no effects', (tier) => {
  const { verdict, parts, before, rollback: back, unchanged } = between(reviewedTemplate(tier), edited(tier));
  expect({ verdict, parts, before, rollback: back.verdict }).toEqual({
    verdict: 'safe',
    parts: [],
    before: [],
    rollback: 'safe',
  });
  expect(unchanged).toEqual([
    'the database',
    '9 queues',
    '4 buckets',
    'the secret',
    'the key',
    'the backup vault',
    'the URL',
    'the load balancer',
    'the VPC',
  ]);
});

test('a tag more is safe, whatever has it: a VPC origin has none', () => {
  fc.assert(
    fc.property(fc.constantFrom(...tagged), fc.string(), (id, value) => {
      const review = changing('medium', (template) => {
        template.Resources[id]?.Properties['Tags'].push({ Key: 'team', Value: value });
      });
      expect(review.verdict).toBe('safe');
    }),
    few,
  );
});

test('whatever leaves, what holds state is blocked, and nothing ends in an error', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ids), (id) => {
      const { verdict } = changing('medium', (template) => {
        delete template.Resources[id];
      });
      expect(['blocked', id in statefulIds ? 'blocked' : verdict]).toContain(verdict);
    }),
    few,
  );
});

const storing = (size: number) =>
  edited('small', set('AWS::RDS::DBInstance', { AllocatedStorage: String(size) }, 'DatabasePrimary'));

test('storage is blocked where it shrinks or grows by less than a tenth, and else only grows', () => {
  const gb = fc.integer({ min: 20, max: 399 }); // from 400 GB up other figures come in
  fc.assert(
    fc.property(gb, gb, (from, to) => {
      const { verdict, irreversible } = between(storing(from), storing(to));
      const grows = to >= from * 1.1;
      expect(verdict).toBe(to === from || grows ? 'safe' : 'blocked');
      expect(irreversible.length).toBe(grows ? 1 : 0);
    }),
    few,
  );
});
