import { regionOf } from '../../lib/template/region-of';
import { tierNames } from '../../lib/tiers/tier';
import { templateOf } from '../support/stores';

test.each(tierNames)('the template of %s says its region', (tier) => {
  expect(regionOf(templateOf(tier))).toBe('us-east-1');
  expect(regionOf(templateOf(tier, { region: 'eu-west-1' }))).toBe('eu-west-1');
});

const logs = (region: unknown) => ({ LogConfiguration: { Options: { 'awslogs-region': region } } });
const containers = (...all: readonly object[]) => ({
  Resources: { Tasks: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: all } } },
});

test.each([
  ['two containers in one region', containers(logs('us-east-1'), logs('us-east-1'), {}), 'us-east-1'],
  ['two regions', containers(logs('us-east-1'), logs('eu-west-1')), undefined],
  ['a region that only AWS knows', containers(logs({ Ref: 'AWS::Region' })), undefined],
  ['no containers', { Resources: {} }, undefined],
])('%s', (_, template, region) => {
  expect(regionOf(template)).toBe(region);
});
