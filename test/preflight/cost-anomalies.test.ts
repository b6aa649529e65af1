import { stopsDeployment } from '../../lib/preflight/check';
import { type AccountInAws, account, actionOf } from './account-in-aws';
import { ask, lineOf } from './ask';

const arn = 'arn:aws:ce::111122223333:anomalymonitor/12345678-1234-1234-1234-123456789012';

async function anomalies(has: AccountInAws, costAnomalies?: object, region = 'us-east-1') {
  const settings = { region, ...(costAnomalies && { costAnomalies }) };
  const { rows, server } = await ask(account(has), settings);
  return { own: rows.filter(({ title }) => title === 'cost anomalies'), asked: server.requests.map(actionOf) };
}

test('an active tag holds, also for a store in another region: Cost Explorer answers in one', async () => {
  const has = { costTags: { store: 'Active' } };
  const line = 'holds cost anomalies: the cost allocation tag store is active';
  expect((await anomalies(has, {})).own.map(lineOf)).toEqual([line]);
  expect((await anomalies(has, {}, 'eu-west-1')).own.map(lineOf)).toEqual([line]);
});

test('a tag that is not active fails with the command that activates it, before anything is deployed', async () => {
  const { own } = await anomalies({ costTags: { store: 'Inactive' } }, {});
  expect(own.map(lineOf)).toEqual([
    expect.stringMatching(
      /^fails cost anomalies: the cost allocation tag store is not active: no cost of the store would be seen → /,
    ),
  ]);
  expect(own[0]?.fix).toEqual([
    'aws ce update-cost-allocation-tags-status --region us-east-1 --cost-allocation-tags-status TagKey=store,Status=Active',
    'until then leave "costAnomalies" out',
  ]);
  expect(stopsDeployment(own)).toBe(true);
});

test('a tag that billing has not seen fails: there is no command for it', async () => {
  const { own } = await anomalies({ costTags: { team: 'Active' } }, {});
  expect(own.map(lineOf)).toEqual([
    expect.stringMatching(/^fails cost anomalies: billing has not seen the tag store: it does within a day of/),
  ]);
  expect(own[0]?.fix).toEqual(['until then leave "costAnomalies" out']);
});

test('a member account fails, and is told to give a monitor, not to ask for a right', async () => {
  const { own } = await anomalies({ memberAccount: true }, {});
  expect(own.map(({ verdict }) => verdict)).toEqual(['fails']);
  expect(own[0]?.text).toBe('a member account of an organization can make no monitor for the tag store');
  expect(own[0]?.fix.join('\n')).toMatch(/"monitorArn".*\naws ce get-anomaly-monitors /);
});

describe('a monitor of the account', () => {
  test('that is there holds, and nothing is asked of tags', async () => {
    const { own, asked } = await anomalies({ memberAccount: true, costMonitors: { [arn]: 'all services' } }, { monitorArn: arn });
    expect(own.map(lineOf)).toEqual(['holds cost anomalies: the monitor all services is there']);
    expect(asked).not.toContain('ListCostAllocationTags');
  });

  test('that is not there fails', async () => {
    const { own } = await anomalies({}, { monitorArn: arn });
    expect(own.map(({ verdict, text }) => [verdict, text])).toEqual([['fails', `this account has no monitor ${arn}`]]);
  });
});

test('a store without the setting asks Cost Explorer nothing', async () => {
  const { own, asked } = await anomalies({});
  expect(own).toEqual([]);
  expect(asked.filter((action) => /Anomaly|CostAllocation/.test(action))).toEqual([]);
});
