import { parseTemplate } from '../../lib/template/parse-template';

const template = { Resources: { Media: { Type: 'AWS::S3::Bucket' } } };
const json = JSON.stringify(template);
const save = 'Save it with: aws cloudformation get-template --stack-name NAME --template-stage Original';

test.each([
  ['JSON', json],
  ['JSON with a comment of a tool before it', `\n  ${json}`],
  ['JSON after a byte order mark', `\uFEFF${json}`],
  ['the answer of get-template', JSON.stringify({ TemplateBody: template, StagesAvailable: ['Original', 'Processed'] })],
  ['the answer of get-template with its template as text', JSON.stringify({ TemplateBody: json })],
])('reads %s', (_, text) => {
  expect(parseTemplate(text, 'store.json')).toEqual({ template });
});

test.each([
  ['nothing', '', 'is empty'],
  ['white space', ' \n\t', 'is empty'],
  ['UTF-16 read as UTF-8', `\uFFFD\uFFFD${Array.from(json).join('\0')}\0`, 'is UTF-16: save it as UTF-8'],
  ['JSON cut off in a text', json.slice(0, 40), 'is truncated: its JSON ends too early'],
  ['JSON cut off between braces', json.slice(0, -1), 'is truncated: its JSON ends too early'],
  ['JSON cut off after a colon', '{"Resources":', 'is truncated: its JSON ends too early'],
  ['wrong JSON', '{Resources}', "is not JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2)"],
  ['YAML', 'Resources:\n  Media: {}', 'is not JSON: save the template with --output json'],
  ['a sentence', 'hello', 'is not JSON: save the template with --output json'],
  ['a list', '[1]', `is not a template: it has no Resources. ${save}`],
  ['no resources', '{"Outputs":{}}', `is not a template: it has no Resources. ${save}`],
  ['a manifest of the CDK', '{"version":"1","artifacts":{}}', `is not a template: it has no Resources. ${save}`],
  ['empty resources', '{"Resources":{}}', 'is not a template: its Resources are empty'],
  ['resources in a list', '{"Resources":["a"]}', 'is not a template: its Resources are not a map by logical ID'],
  ['a resource without a type', '{"Resources":{"Media":{}}}', 'is not a template: its resource Media has no Type'],
  ['a resource that is a text', '{"Resources":{"Media":"x"}}', 'is not a template: its resource Media has no Type'],
  ['an empty answer of get-template', '{"TemplateBody":""}', 'is empty'],
])('refuses %s in one line that begins with the name', (_, text, problem) => {
  expect(parseTemplate(text, 'store.json')).toEqual({ problem: `store.json ${problem}` });
});
