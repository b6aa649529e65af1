import { search } from 'jmespath';
import { templateOf } from '../support/stores';
import { documents, textOf } from './commands-in-documents';

/** Expressions of `--query`, which the AWS CLI reads as JMESPath. */
function queriesIn(text: string): readonly string[] {
  const found = [...text.matchAll(/--query (?:'([^']*)'|"([^"]*)")/g)].map(([, single, double]) => single ?? double ?? '');
  return found.map((query) => query.replaceAll(/\$\w+/g, 'variable'));
}

const inOutputs = Object.values(templateOf('small').Outputs).map(({ Value }) => JSON.stringify(Value).replaceAll('\\"', '"'));

test.each([
  ['documents', documents.map(textOf), 50],
  ['outputs of the stack', inOutputs, 2],
])('every --query of the %s is an expression that the AWS CLI can read', (_, texts, least) => {
  const queries = texts.flatMap(queriesIn);
  expect(queries.length).toBeGreaterThanOrEqual(least);
  expect(queries.filter((query) => !isExpression(query))).toEqual([]);
});

test('what is no expression is found', () => {
  expect(isExpression('tasks[0].runtimeId | [0]')).toBe(true);
  expect(isExpression('tasks[0].runtimeId | [drop-store]')).toBe(false);
});

function isExpression(query: string): boolean {
  try {
    search({}, query);
    return true;
  } catch (error) {
    return !(error instanceof Error && /^(Parser|Lexer)Error$/.test(error.name)); // a function of what is not there is an expression
  }
}
