import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { preflightActions } from '../../lib/preflight/preflight-error';
import { domain } from '../config/good-parts';
import { outsideServices, templateOf } from '../support/stores';
import { type AccountInAws, account, actionOf } from './account-in-aws';
import { ask } from './ask';

const everything = {
  domain,
  payments: outsideServices.payments,
  emailFrom: outsideServices.emailFrom,
  traces: {},
  restoreFromSnapshot: 'shop-moved',
  servicesImage: '111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2',
};
const template = () => templateOf('medium', { network: { natGateways: 1 }, emailFrom: outsideServices.emailFrom });

/** Accounts and settings that together make every call. */
const cases: readonly (readonly [AccountInAws, Readonly<Record<string, unknown>>])[] = [
  [{ natGateways: { 'nat-1': 'us-east-1a' } }, everything],
  [{}, { region: 'af-south-1', costAnomalies: {} }],
  [{}, { costAnomalies: { monitorArn: 'arn:aws:ce::111122223333:anomalymonitor/1234' } }],
];

test('the rights in docs/first-deployment.md are those of the calls that it makes', async () => {
  const made = new Set<string>();
  for (const [has, settings] of cases) {
    const { server } = await ask(account(has), settings, template());
    for (const request of server.requests) made.add(actionOf(request));
  }

  expect(made).toEqual(new Set(preflightActions.map((action) => action.split(':')[1])));
  expect(policyOf('first-deployment.md')).toEqual({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: preflightActions, Resource: '*' }],
  });
});

test('all of them only read', () => {
  expect(preflightActions.filter((action) => !/:(BatchGet|Describe|Get|List)[A-Z]/.test(action))).toEqual([]);
});

/** The policy in the page's section of this command. */
function policyOf(file: string): unknown {
  const page = readFileSync(join(__dirname, '../../docs', file), 'utf8');
  return JSON.parse(/```json\n(\{\s+"Version"[^`]*)```/.exec(page)?.[1] ?? 'null');
}
