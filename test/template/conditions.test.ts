import { Conditions } from '../../lib/template/conditions';
import type { Json } from '../../lib/template/json';
import { type CloudFormationTemplate, Template } from '../../lib/template/template';

const production = { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] };
const unknown = { 'Fn::Equals': [{ Ref: 'Given' }, 'prod'] };

const source = {
  Parameters: {
    Stage: { Type: 'String', Default: 'prod' },
    Standby: { Type: 'String', Default: true },
    Given: { Type: 'String' },
    InTheStore: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/shop/stage' },
  },
  Mappings: { Stages: { prod: { Days: 7 }, test: { Days: 1 } } },
};

function holds(condition: Json): boolean | undefined {
  return new Conditions({ ...source, Conditions: { It: condition, Production: production, Loop: { Condition: 'Loop' } } }).holds(
    'It',
  );
}

describe('a condition', () => {
  it.each<[Json, boolean]>([
    [production, true],
    [{ 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] }, false],
    [{ 'Fn::Equals': [{ Ref: 'Standby' }, 'true'] }, true], // CloudFormation compares texts
    [{ 'Fn::Equals': [{ 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'Days'] }, 7] }, true],
    [{ Condition: 'Production' }, true],
    [{ 'Fn::Not': [{ Condition: 'Production' }] }, false],
    [{ 'Fn::And': [production, { Condition: 'Production' }] }, true],
    [{ 'Fn::And': [unknown, { 'Fn::Not': [production] }] }, false], // one that does not hold is enough
    [{ 'Fn::Or': [unknown, production] }, true], // one that holds is enough
    [{ 'Fn::Or': [{ 'Fn::Not': [production] }, { 'Fn::Equals': ['a', 'b'] }] }, false],
  ])('%j is decided by the defaults: %s', (condition, decided) => {
    expect(holds(condition)).toBe(decided);
  });

  it.each<[string, Json]>([
    ['a parameter without a default', unknown],
    ['a parameter in the parameter store', { 'Fn::Equals': [{ Ref: 'InTheStore' }, '/shop/stage'] }],
    ['the region', { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] }],
    ['a parameter that is not there', { 'Fn::Equals': [{ Ref: 'constructor' }, 'a'] }],
    ['a key that no mapping has', { 'Fn::Equals': [{ 'Fn::FindInMap': ['Stages', 'dev', 'Days'] }, 7] }],
    ['not knowing', { 'Fn::Not': [unknown] }],
    ['one unknown of all', { 'Fn::And': [unknown, production] }],
    ['one unknown of any', { 'Fn::Or': [unknown, { 'Fn::Not': [production] }] }],
    ['itself', { Condition: 'Loop' }],
    ['another that is not there', { Condition: 'toString' }],
    ['nothing', null],
  ])('that hangs on %s is not decided', (_, condition) => {
    expect(holds(condition)).toBeUndefined();
  });
});

function templateWith(properties: Json): Template {
  const template: CloudFormationTemplate = {
    ...source,
    Conditions: { Production: production, Test: { 'Fn::Not': [production] }, Unknown: unknown },
    Resources: {
      It: { Type: 'AWS::RDS::DBInstance', Properties: properties },
      Live: { Type: 'AWS::EC2::NatGateway', Condition: 'Production' },
      Trial: { Type: 'AWS::EC2::NatGateway', Condition: 'Test' },
      Perhaps: { Type: 'AWS::SQS::Queue', Condition: 'Unknown' },
    },
  };
  return new Template(template);
}

function valueOf(value: Json): Json {
  return templateWith({ Value: value }).resources[0]?.value('Value');
}

describe('a template with conditions', () => {
  it('leaves out what it makes under one that does not hold, and keeps what nobody can decide', () => {
    expect(templateWith({}).resources.map(({ id }) => id)).toEqual(['It', 'Live', 'Perhaps']);
  });

  it.each<[Json, Json]>([
    [{ 'Fn::If': ['Production', 7, 0] }, 7],
    [{ 'Fn::If': ['Test', 7, 0] }, 0],
    [{ 'Fn::If': ['Production', { 'Fn::If': ['Test', 1, 2] }, 0] }, 2],
    [{ 'Fn::If': ['Test', 7, { Ref: 'AWS::NoValue' }] }, undefined],
    [{ 'Fn::If': ['Production', { Ref: 'Stage' }, ''] }, 'prod'],
    [{ Rules: ['a', { 'Fn::If': ['Test', 'b', { Ref: 'AWS::NoValue' }] }] }, { Rules: ['a'] }],
    [{ 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'Days'] }, 7],
    [{ 'Fn::If': ['Unknown', 7, 0] }, { 'Fn::If': ['Unknown', 7, 0] }],
  ])('reads %j as %j', (written, read) => {
    expect(valueOf(written)).toStrictEqual(read);
  });

  it.each<[string, string, boolean]>([
    ['of an undecided value', 'Days', true],
    ['of what an undecided value has in it', 'Rules.Status', true],
    ['of a value with an undecided one in it', 'Logs', true],
    ['beside an undecided value', 'Logs.Name', false],
  ])('tells a reader %s', (_, path, undecided) => {
    const either = { 'Fn::If': ['Unknown', 1, 2] };
    const [it] = templateWith({ Days: either, Rules: either, Logs: { Name: 'a', Days: either } }).resources;
    expect(it?.read(() => it.value(path)).undecided).toBe(undecided);
  });
});
