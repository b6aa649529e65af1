import type { CloudFormationTemplate } from '../support/stores';
import { account, deploy } from './deploy';

const of = (Resources: CloudFormationTemplate['Resources']) =>
  deploy({ Resources, Outputs: {} }, { stack: 'Stack', region: 'eu-west-1' });
const queue = (Properties: CloudFormationTemplate['Resources'][string]['Properties'] = {}) => ({
  Type: 'AWS::SQS::Queue',
  Properties,
});

describe('a deployment to nowhere', () => {
  test('puts names, attributes and pseudo parameters together as CloudFormation does', () => {
    const { resources, problems } = of({
      Second: queue({
        QueueName: { 'Fn::Join': ['-', [{ Ref: 'AWS::Region' }, { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b'] }] }]] },
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['First', 'Arn'] }, at: { Ref: 'First' } },
        Tags: [{ Ref: 'AWS::NoValue' }, { 'Fn::Sub': 'of ${AWS::AccountId} by ${First.QueueName}' }],
      }),
      First: queue({ QueueName: 'one' }),
    });
    expect(problems).toEqual([]);
    expect([...resources.keys()]).toEqual(['First', 'Second']);
    expect(resources.get('Second')).toMatchObject({
      name: `https://sqs.eu-west-1.amazonaws.com/${account}/eu-west-1-b`,
      Properties: {
        RedrivePolicy: {
          deadLetterTargetArn: `arn:aws:sqs:eu-west-1:${account}:one`,
          at: `https://sqs.eu-west-1.amazonaws.com/${account}/one`,
        },
        Tags: [`of ${account} by one`],
      },
    });
  });

  test.each([
    ['a name of nothing', { A: queue({ QueueName: { Ref: 'B' } }) }, 'Ref of B, which the template does not have'],
    [
      'an attribute of nothing',
      { A: queue({ X: { 'Fn::GetAtt': ['B', 'Arn'] } }) },
      'Arn of B, which the template does not have',
    ],
    [
      'an attribute that a type lacks',
      { A: queue(), B: queue({ X: { 'Fn::GetAtt': ['A', 'Url'] } }) },
      'A: AWS::SQS::Queue has no attribute Url',
    ],
    ['a dependency on nothing', { A: { ...queue(), DependsOn: ['B'] } }, 'A depends on B, which the template does not have'],
    ['a type that nobody knows', { A: { ...queue(), Type: 'AWS::SQS::Quue' } }, 'A: no type AWS::SQS::Quue is known here'],
    ['a function that is not known', { A: queue({ X: { 'Fn::If': ['C', 1, 2] } }) }, 'Fn::If is not known here'],
  ])('tells %s', (_, resources, problem) => {
    expect(of(resources).problems).toEqual([problem]);
  });

  test('tells a circle', () => {
    const { problems } = of({ A: queue({ X: { Ref: 'B' } }), B: { ...queue(), DependsOn: ['A'] } });
    expect(problems).toContain('a circle: A → B → A');
  });
});
