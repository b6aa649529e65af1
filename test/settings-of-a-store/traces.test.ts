import { Template } from '../../lib/template/template';
import { sampledPercent } from '../../lib/template/traces';
import { tierNames } from '../../lib/tiers/tier';
import { resourcesOf, templateOf } from '../support/stores';
import { statementsAllowing } from '../traps/trap';
import { task, variable } from './template-parts';

const services = ['Api', 'Worker'] as const;
const share = 'TRACES_SAMPLED_PERCENT';
const actions = ['xray:PutSpans', 'xray:PutTraceSegments'];

describe.each(tierNames)('%s with traces', (tier) => {
  const template = templateOf(tier, { traces: {} });

  test.each(services)('tells the %s to keep a tenth, and its migrations nothing', (service) => {
    const { main, migrations } = task(template, service);
    expect(variable(main, share)).toBe('10');
    expect(variable(migrations, share)).toBeUndefined();
  });

  test.each(actions)('lets API and worker %s, and nobody else', (action) => {
    expect(statementsAllowing(template, action).map(({ id, statement }) => [id, statement.Resource])).toEqual([
      [expect.stringMatching(/^ApiTasksTaskTaskRole/), '*'],
      [expect.stringMatching(/^WorkerTasksTaskTaskRole/), '*'],
    ]);
  });

  test('needs no resource more, and tasks have a way to X-Ray: a public address, or a NAT gateway', () => {
    expect(Object.keys(template.Resources)).toEqual(Object.keys(templateOf(tier).Resources));
    const hasNatGateway = resourcesOf(template, 'AWS::EC2::NatGateway').length > 0;
    for (const [, { Properties }] of resourcesOf(template, 'AWS::ECS::Service'))
      expect(Properties.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp).toBe(hasNatGateway ? 'DISABLED' : 'ENABLED');
  });

  test('is read as a tenth by the review, and as none without the setting', () => {
    expect(sampledPercent(new Template(template))).toBe(10);
    expect(sampledPercent(new Template(templateOf(tier)))).toBeUndefined();
  });
});

test('a container of somebody’s own is told the share, and may send spans', () => {
  const template = templateOf('small', { container: { image: 'ghcr.io/acme/api:1.0.0' }, traces: { sampledPercent: 0.5 } });
  expect(variable(task(template, 'Api').main, share)).toBe('0.5');
  expect(statementsAllowing(template, 'xray:PutSpans').map(({ id }) => id)).toContainEqual(
    expect.stringMatching(/^ApiTasksTaskTaskRole/),
  );
});

test('without the setting nothing of a store speaks of X-Ray', () => {
  for (const tier of tierNames) expect(JSON.stringify(templateOf(tier).Resources)).not.toMatch(/xray|TRACES_/);
});
