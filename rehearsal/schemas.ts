import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ErrorObject } from 'ajv/dist/2019';
import { listOf, RehearsalError } from './commands';
import { type JournalEntry, program } from './emulator';

/** As far as they are looked at: JSON Schema, and what CloudFormation adds to it. */
interface Schema {
  readonly $schema?: string;
  readonly readOnlyProperties?: readonly string[];
}

const folder = join(program, 'cfnlint/data/schemas');
const read = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'));

/** Patterns are written for other engines: escapes without a need, a few classes of Unicode, and two words that JavaScript has not. */
const regExp = Object.assign(
  (written: string) => {
    const pattern = written.replaceAll('\\Z', '$').replaceAll('\\p{Print}', '[ -~]');
    try {
      return new RegExp(pattern, 'u');
    } catch {
      return new RegExp(pattern);
    }
  },
  { code: 'not used' },
);

/** What a value must be an id of; cfn-lint's names. An id of something else has come by a wrong Ref or GetAtt. */
const formats = {
  'AWS::EC2::SecurityGroup.Id': /^sg-/,
  'AWS::EC2::Subnet.Id': /^subnet-/,
  'AWS::EC2::VPC.Id': /^vpc-/,
  'AWS::IAM::Role.Arn': /^arn:aws:iam::\d{12}:role\//,
  'AWS::KMS::Key.Arn': /^arn:aws:kms:[a-z0-9-]+:\d{12}:key\//,
  'AWS::Lambda::Function.Arn': /^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:/,
  'AWS::SNS::Topic.Arn': /^arn:aws:sns:[a-z0-9-]+:\d{12}:/,
  'AWS::SQS::Queue.Arn': /^arn:aws:sqs:[a-z0-9-]+:\d{12}:/,
};

/** What AWS would get of each resource, in every deployment so far, fits CloudFormation's schema of its type. @throws RehearsalError */
export function propertiesFit(journal: readonly JournalEntry[], step: (text: string) => void): void {
  const given = new Map(
    journal.flatMap(({ stack, id, type, properties }) =>
      stack.startsWith('Store-') && properties ? [[JSON.stringify([type, properties]), { id, type, properties }]] : [],
    ),
  );
  const byType = Map.groupBy(given.values(), ({ type }) => type);
  step(
    `What AWS would get of ${given.size} resources of ${byType.size} types fits CloudFormation’s schemas, of which cfn-lint has these`,
  );
  const files = read('providers/us-east-1.json') as Readonly<Record<string, string>>;
  const wrong = [...byType].flatMap(([type, all]) => {
    const file = files[type];
    if (file === undefined) return [`${type} has no schema`];
    const problems = checkOf(read(`resources/${file}.json`) as Schema);
    return all.flatMap(({ id, properties }) => problems(structuredClone(properties)).map((text) => `${id} (${type}) ${text}`));
  });
  if (wrong.length > 0) throw new RehearsalError(listOf('CloudFormation would refuse:', wrong));
}

/** CloudFormation turns a text into a number where the schema wants one, and so on; so this changes what it looks at. */
const ajv = withKeywords(
  new Ajv({ allErrors: true, coerceTypes: true, strict: false, formats, logger: false, verbose: true, code: { regExp } }),
);

function checkOf({ $schema: _ofTheirs, readOnlyProperties = [], ...schema }: Schema): (properties: object) => readonly string[] {
  const validate = ajv.compile(schema);
  const readOnly = new Set(readOnlyProperties.map((path) => path.replace('/properties/', '')));
  return (properties) => [
    ...Object.keys(properties).flatMap((name) => (readOnly.has(name) ? [`sets ${name}, which AWS alone does`] : [])),
    ...(validate(properties) ? [] : (validate.errors ?? []).map(textOf)),
  ];
}

function textOf({ instancePath, message = '', params, data }: ErrorObject): string {
  return `${instancePath} ${message} ${JSON.stringify(params)}: ${JSON.stringify(data)}`;
}

/** Keywords of CloudFormation's and of cfn-lint's. */
function withKeywords(plain: Ajv): Ajv {
  type Names = readonly string[];
  const countIn = (data: object, names: Names): number => names.filter((name) => name in data).length;
  return plain
    .addKeyword({ keyword: 'requiredXor', validate: (names: Names, data: object) => countIn(data, names) === 1 })
    .addKeyword({ keyword: 'requiredOr', validate: (names: Names, data: object) => countIn(data, names) > 0 })
    .addKeyword({
      keyword: 'dependentExcluded',
      validate: (table: Readonly<Record<string, Names>>, data: object) =>
        Object.entries(table).every(([name, others]) => !(name in data) || countIn(data, others) === 0),
    })
    .addKeyword({
      keyword: 'enumCaseInsensitive',
      validate: (values: Names, data: string) => values.includes(data.toLowerCase()),
    });
}
