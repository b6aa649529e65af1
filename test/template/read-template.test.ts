import { readTemplateFile } from '../../lib/template/read-template';

const template = { Resources: { Media: { Type: 'AWS::S3::Bucket' } } };
const json = JSON.stringify(template);

test.each([
  ['JSON', json],
  ['JSON with a comment of a tool before it', `\n  ${json}`],
  ['JSON after a byte order mark', `\uFEFF${json}`],
  ['YAML after a byte order mark', '\uFEFFResources:\n  Media:\n    Type: AWS::S3::Bucket\n'],
  ['YAML', 'Resources:\n  Media:\n    Type: AWS::S3::Bucket\n'],
  ['YAML in one line', 'Resources: {Media: {Type: "AWS::S3::Bucket"}}'],
  ['the answer of get-template', JSON.stringify({ TemplateBody: template, StagesAvailable: ['Original', 'Processed'] })],
  ['the answer of get-template with its template as text', JSON.stringify({ TemplateBody: json })],
  [
    'the answer of get-template with a template in YAML',
    JSON.stringify({ TemplateBody: 'Resources:\n  Media:\n    Type: AWS::S3::Bucket\n' }),
  ],
  ['the answer of get-template in YAML', 'TemplateBody:\n  Resources:\n    Media:\n      Type: AWS::S3::Bucket\n'],
])('reads %s', (_, text) => {
  expect(readTemplateFile(text, 'store.json')).toEqual({ template });
});

test.each([
  ['!Ref Media', { Ref: 'Media' }],
  ['!Condition HasMedia', { Condition: 'HasMedia' }],
  ['!GetAtt Media.Arn', { 'Fn::GetAtt': ['Media', 'Arn'] }],
  ['!GetAtt Nested.Outputs.Arn', { 'Fn::GetAtt': ['Nested', 'Outputs.Arn'] }],
  ['!GetAtt [Media, Arn]', { 'Fn::GetAtt': ['Media', 'Arn'] }],
  ['{ "Fn::GetAtt": Media.Arn }', { 'Fn::GetAtt': ['Media', 'Arn'] }],
  ['!Sub "${Media}/x"', { 'Fn::Sub': '${Media}/x' }], // oxlint-disable-line no-template-curly-in-string -- CloudFormation's own
  ['!Join ["-", [!Ref A, b]]', { 'Fn::Join': ['-', [{ Ref: 'A' }, 'b']] }],
  ['!Select [0, !Split [",", "a,b"]]', { 'Fn::Select': [0, { 'Fn::Split': [',', 'a,b'] }] }],
  ['!If [Big, !Ref A, !Ref AWS::NoValue]', { 'Fn::If': ['Big', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] }],
  ['!FindInMap [Sizes, !Ref Size, Class]', { 'Fn::FindInMap': ['Sizes', { Ref: 'Size' }, 'Class'] }],
  ['!ImportValue shop-vpc', { 'Fn::ImportValue': 'shop-vpc' }],
  ['!Base64 text', { 'Fn::Base64': 'text' }],
  ['!Cidr [!GetAtt Vpc.CidrBlock, 3, 8]', { 'Fn::Cidr': [{ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, 3, 8] }],
  ['!Equals [!Ref Size, large]', { 'Fn::Equals': [{ Ref: 'Size' }, 'large'] }],
  ['!Not [!Condition Big]', { 'Fn::Not': [{ Condition: 'Big' }] }],
  ['!GetAZs ""', { 'Fn::GetAZs': '' }],
  ['{ a: !Ref A, b: [1, true, ~, 2012-10-17] }', { a: { Ref: 'A' }, b: [1, true, null, '2012-10-17'] }],
])('reads %s of YAML in its long form', (short, long) => {
  const text = `Resources:\n  Media:\n    Type: AWS::S3::Bucket\n    Properties:\n      Value: ${short}\n`;
  expect(readTemplateFile(text, 'store.yaml')).toEqual({
    template: { Resources: { Media: { Type: 'AWS::S3::Bucket', Properties: { Value: long } } } },
  });
});

test.each([
  ['nothing', '', 'is empty'],
  ['white space', ' \n\t', 'is empty'],
  ['UTF-16 read as UTF-8', `\uFFFD\uFFFD${Array.from(json).join('\0')}\0`, 'is UTF-16: save it as UTF-8'],
  ['JSON cut off in a text', json.slice(0, 40), 'is truncated: its JSON ends too early'],
  ['JSON cut off between braces', json.slice(0, -1), 'is truncated: its JSON ends too early'],
  ['JSON cut off after a colon', '{"Resources":', 'is truncated: its JSON ends too early'],
  ['wrong JSON', '{Resources}', "is not JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2)"],
  ['wrong YAML', 'Resources:\n  Media: "AWS::S3', 'is neither JSON nor YAML: line 2: Missing closing "quote'],
  ['YAML with an alias', 'a: &a 1\nb: *a', 'is neither JSON nor YAML: it has the alias *a, which CloudFormation does not take'],
  ['a sentence', 'hello', 'is not a template: it has no Resources'],
  ['a list', '[1]', 'is not a template: it has no Resources'],
  ['null', 'null', 'is not a template: it has no Resources'],
  ['no resources', '{"Outputs":{}}', 'is not a template: it has no Resources'],
  ['empty resources', '{"Resources":{}}', 'is not a template: its Resources are empty'],
  ['resources in a list', 'Resources: [a]', 'is not a template: its Resources are not a map by logical ID'],
  ['a resource without a type', 'Resources:\n  Media: {}', 'is not a template: its resource Media has no Type'],
  ['a resource that is a text', '{"Resources":{"Media":"x"}}', 'is not a template: its resource Media has no Type'],
  [
    'a loop of AWS::LanguageExtensions',
    '{"Resources":{"Fn::ForEach::Topics":[]}}',
    'has Fn::ForEach::Topics, which is not reviewed; give the template as CloudFormation has expanded it',
  ],
  [
    'a manifest of the CDK',
    '{"version":"1","artifacts":{}}',
    'is a manifest of the CDK; the template lies beside it: *.template.json',
  ],
  [
    'a change set',
    '{"ChangeSetName":"x","Changes":[]}',
    'is a change set; give the template: aws cloudformation get-template --stack-name NAME',
  ],
  ['a list of stacks', '{"Stacks":[]}', 'describes stacks; give the template: aws cloudformation get-template --stack-name NAME'],
  [
    'a list of resources',
    '{"StackResources":[]}',
    'lists the resources of a stack; give the template: aws cloudformation get-template --stack-name NAME',
  ],
  ['an empty answer of get-template', '{"TemplateBody":""}', 'is empty'],
])('refuses %s in one line that begins with the name', (_, text, problem) => {
  expect(readTemplateFile(text, 'store.json')).toEqual({ problem: `store.json ${problem}` });
});
