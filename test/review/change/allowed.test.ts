import { changeFacts } from '../../../lib/facts/changes';
import { allowedCache } from './allowed-cache';
import { allowedDatabase } from './allowed-database';
import { allowedElsewhere } from './allowed-elsewhere';
import { allowedParameters } from './allowed-parameters';
import { allowedScaling } from './allowed-scaling';
import { lines as linesOf } from './changed-store';

const cases = [...allowedDatabase, ...allowedParameters, ...allowedScaling, ...allowedCache, ...allowedElsewhere];

test.each(cases)('$change: $verdict', ({ review, verdict, lines, downtime = [], waits = [], before = [], after = [] }) => {
  const found = review();
  expect(linesOf(found)).toEqual(lines);
  expect({ verdict: found.verdict, blocks: found.blocks, lost: found.dataAtRisk }).toEqual({ verdict, blocks: [], lost: [] });
  expect(found.downtimes.map(({ seconds: { from, to } }) => [from, to])).toEqual(downtime);
  expect(found.waits).toEqual(waits);
  expect(found.before).toEqual(expect.arrayContaining(before));
  expect(found.after).toEqual(expect.arrayContaining(after));
});

test('every duration and limit says where it comes from', () => {
  for (const { source } of Object.values(changeFacts)) expect(source.length).toBeGreaterThan(20);
});
