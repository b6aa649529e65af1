import { alarmCoverage } from '../../../lib/review/alarm-coverage/alarm-coverage';
import { Template } from '../../../lib/template/template';
import { tierNames } from '../../../lib/tiers/tier';
import { reviewedTemplate } from '../../support/reviewed-templates';
import { resourcesOf, templateOf } from '../../support/stores';

const coverage = (tier: (typeof tierNames)[number], settings: Readonly<Record<string, unknown>> = {}) =>
  alarmCoverage(new Template(templateOf(tier, settings)));

test.each(tierNames)('every threshold of the documents is watched in the %s size', (tier) => {
  expect(coverage(tier).documented).toHaveLength(21);
  expect(coverage(tier).documented.filter(({ verdict }) => verdict !== 'watched')).toEqual([]);
});

test.each(tierNames)('what AWS recommends and the %s size does not watch has a reason', (tier) => {
  expect(coverage(tier).recommended.missing.filter(({ reason }) => reason === undefined)).toEqual([]);
});

test('the sizes watch as many of the recommended metrics as they say', () => {
  expect(tierNames.map((tier) => [tier, coverage(tier).recommended.watched, coverage(tier).recommended.total])).toEqual([
    ['small', 13, 30], // without diagnostics
    ['medium', 23, 34], // with replica, NAT gateway and a second node of the cache
    ['large', 23, 41], // Container Insights publish seven more
    ['enterprise', 23, 41],
  ]);
});

test('a store outside of us-east-1 watches its CDN too', () => {
  const missing = coverage('medium', { region: 'eu-west-1' }).recommended.missing;
  expect(missing.filter(({ reason }) => reason === undefined)).toEqual([]);
});

test('alarms and composite alarms are counted from the template', () => {
  const template = reviewedTemplate('medium');
  expect(coverage('medium')).toMatchObject({
    alarms: resourcesOf(template, 'AWS::CloudWatch::Alarm').length,
    composites: resourcesOf(template, 'AWS::CloudWatch::CompositeAlarm').length,
  });
});

test('alarms that hold a figure are in the template', () => {
  const { Resources } = reviewedTemplate('enterprise');
  const held = coverage('enterprise').documented.flatMap(({ alarms }) => alarms);
  expect(held.filter((id) => Resources[id]?.Type !== 'AWS::CloudWatch::Alarm')).toEqual([]);
});
