import { queueNames, switches } from '../../services/contract';
import { resourcesOf, templateOf } from '../support/stores';
import { task, variable } from './template-parts';

const scalingOf = (template: ReturnType<typeof templateOf>) =>
  JSON.stringify(resourcesOf(template, 'AWS::ApplicationAutoScaling::ScalingPolicy').filter(([id]) => id.startsWith('Worker')));

describe('a store with something switched off', () => {
  const template = templateOf('small', { switchedOff: ['rate-limits', 'email'] });

  test.each(['Api', 'Worker'] as const)('tells the %s', (service) => {
    expect(variable(task(template, service).main, 'SWITCHED_OFF')).toBe('rate-limits,email');
    expect(variable(task(templateOf('small'), service).main, 'SWITCHED_OFF')).toBeUndefined();
  });

  test('starts no worker tasks for messages that nobody reads', () => {
    const [all, others] = [templateOf('small'), template].map(scalingOf);
    for (const queue of queueNames) expect([queue, all?.includes(`FILL(${queue}, 0)`)]).toEqual([queue, true]);
    expect(queueNames.filter((queue) => !others?.includes(`FILL(${queue}, 0)`))).toEqual(['email']);
  });

  test('says so on the dashboard of operations', () => {
    const bodies = JSON.stringify(resourcesOf(template, 'AWS::CloudWatch::Dashboard'));
    expect(bodies).toContain('**Switched off** rate-limits, email');
  });
});

test('a store that reads no queue has no policy for its worker', () => {
  expect(scalingOf(templateOf('small', { switchedOff: [...switches] }))).toBe('[]');
});
