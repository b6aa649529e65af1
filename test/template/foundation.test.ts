import { foundationOf, taskParts } from '../../lib/template/foundation';
import { tierNames } from '../../lib/tiers/tier';
import { templateOf } from '../support/stores';

const service = { Type: 'AWS::ECS::Service' };

test.each([
  ['a Ref', { Properties: { Dimensions: [{ Value: { Ref: 'Api' } }] } }],
  ['an attribute', { Properties: { Name: { 'Fn::GetAtt': ['Api', 'Name'] } } }],
  ['an attribute in one text', { Properties: { Name: { 'Fn::GetAtt': 'Api.Name' } } }],
  ['a text', { Properties: { Body: { 'Fn::Sub': 'of ${Api.Name}' } } }],
  ['a text with values', { Properties: { Body: { 'Fn::Sub': ['of ${Name}', { Name: { Ref: 'Api' } }] } } }],
  ['a dependency', { DependsOn: 'Api' }],
  ['one of several dependencies', { DependsOn: ['Role', 'Api'] }],
])('what names a service by %s belongs to it, and so does what names that', (_, named) => {
  const Resources = {
    Api: service,
    Role: { Type: 'AWS::IAM::Role' },
    Scaling: { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', ...named },
    Policy: { Type: 'AWS::ApplicationAutoScaling::ScalingPolicy', Properties: { ScalingTargetId: { Ref: 'Scaling' } } },
  };
  const Outputs = { Url: { Value: 'https://shop' }, Tunnel: { Value: { Ref: 'Policy' } } };

  expect(foundationOf({ Resources, Outputs })).toEqual({
    Resources: { Role: Resources.Role },
    Outputs: { Url: Outputs.Url },
  });
});

describe.each(tierNames)('the foundation of %s', (tier) => {
  const template = templateOf(tier);
  const { resources } = taskParts(template);
  const types = new Set([...resources].map((id) => template.Resources[id]?.Type));

  it('lacks what runs tasks and what watches them, and nothing that holds data or an address', () => {
    expect(types).toEqual(
      new Set([
        'AWS::ApplicationAutoScaling::ScalableTarget',
        'AWS::ApplicationAutoScaling::ScalingPolicy',
        'AWS::CloudWatch::Alarm',
        'AWS::CloudWatch::CompositeAlarm',
        'AWS::CloudWatch::Dashboard',
        'AWS::ECS::Service',
        'AWS::ECS::TaskDefinition',
        'AWS::Events::Rule',
        'AWS::Scheduler::Schedule',
        ...(tier === 'small' ? ['AWS::IAM::Policy'] : []), // to start the task that rotates its passwords
      ]),
    );
  });

  it('is complete: the second stage can be rolled back, since CloudFormation deletes all that it adds', () => {
    const retained = [...resources].filter((id) => (template.Resources[id]?.DeletionPolicy ?? 'Delete') !== 'Delete');
    expect(retained).toEqual([]);
  });
});
