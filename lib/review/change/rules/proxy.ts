import { type RuleTable, silent } from '../finding';

/** Tasks get its address when they start, so a deployment of the services follows each. */
export const proxy: RuleTable = {
  'AWS::RDS::DBProxy': {
    added: () => [
      {
        kind: 'added',
        text: 'services switch to it as their tasks roll; SET, temporary tables and named statements pin a connection',
      },
    ],
    removed: () => [{ kind: 'removed', text: 'services go to the database itself as their tasks roll; then it is deleted' }],
    replaced: ({ properties }) => [
      {
        kind: 'replaced',
        text: `a new one (${properties.map(({ name }) => name).join(', ')}); services switch as their tasks roll, then the old one is deleted`,
        before: ['rollback'],
      },
    ],
  },
  'AWS::RDS::DBProxyTargetGroup': { added: silent, removed: silent, replaced: silent },
};
