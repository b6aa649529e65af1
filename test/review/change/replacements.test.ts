import { ChangeReviewer } from '../../../lib/review/change/review-change';
import type { CloudFormationTemplate } from '../../../lib/template/template';

const replacements = (from: CloudFormationTemplate, to: CloudFormationTemplate) => new ChangeReviewer().replacements(from, to);

const image = (name: string, more: object = {}) => ({
  Resources: {
    Tasks: { Type: 'AWS::ECS::TaskDefinition', Properties: { Family: 'api', ContainerDefinitions: [{ Image: name }] } },
    Service: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Tasks' } } },
    ...more,
  },
});

test('a changed image replaces the task definition, and not the service that names it', () => {
  const found = replacements(image('shop:1'), image('shop:2'));

  expect(found).toEqual([{ id: 'Tasks', part: 'image', properties: ['ContainerDefinitions'] }]);
});

test('what is added or removed replaces nothing', () => {
  const queue = { Queue: { Type: 'AWS::SQS::Queue' } };

  expect([
    ...replacements(image('shop:1'), image('shop:1', queue)),
    ...replacements(image('shop:1', queue), image('shop:1')),
  ]).toEqual([]);
});
