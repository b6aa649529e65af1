import { stopsDeployment } from '../../lib/preflight/check';
import { type AccountInAws, account, actionOf } from './account-in-aws';
import { ask, lineOf } from './ask';

async function traces(has: AccountInAws, settings: Readonly<Record<string, unknown>> = { traces: {} }) {
  const { rows, server } = await ask(account(has), settings);
  return { own: rows.filter(({ title }) => title === 'traces'), asked: server.requests.map(actionOf) };
}

test('Transaction Search that is off fails with the two commands that turn it on, and stops no deployment', async () => {
  const { own } = await traces({ traces: { Destination: 'XRay', Status: 'ACTIVE' } });
  expect(own.map(lineOf)).toEqual([
    expect.stringMatching(/^fails traces: Transaction Search is off in us-east-1 of this account, so that no span arrives; /),
  ]);
  expect(stopsDeployment(own)).toBe(false);

  const [put = '', update] = own[0]?.fix ?? [];
  expect(update).toBe('aws xray update-trace-segment-destination --region us-east-1 --destination CloudWatchLogs');
  expect(put).toMatch(
    /^aws logs put-resource-policy --region us-east-1 --policy-name TransactionSearch --policy-document '[^']+'$/,
  );
  expect(JSON.parse(/'(.+)'$/.exec(put)?.[1] ?? '')).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'xray.amazonaws.com' },
        Action: 'logs:PutLogEvents',
        Resource: [
          'arn:aws:logs:us-east-1:111122223333:log-group:aws/spans:*',
          'arn:aws:logs:us-east-1:111122223333:log-group:/aws/application-signals/data:*',
        ],
        Condition: {
          ArnLike: { 'aws:SourceArn': 'arn:aws:xray:us-east-1:111122223333:*' },
          StringEquals: { 'aws:SourceAccount': '111122223333' },
        },
      },
    ],
  });
});

test('Transaction Search that is being turned on fails, and stops no deployment', async () => {
  const { own } = await traces({ traces: { Destination: 'CloudWatchLogs', Status: 'PENDING' } });
  expect(own.map(lineOf)).toEqual([
    'fails traces: Transaction Search is PENDING in us-east-1: it takes some minutes → aws xray get-trace-segment-destination --region us-east-1',
  ]);
  expect(stopsDeployment(own)).toBe(false);
});

test('an answer without a destination is not known', async () => {
  const { own } = await traces({ traces: {} });
  expect(own.map(({ verdict }) => verdict)).toEqual(['not known']);
});

test('a store without traces asks X-Ray nothing', async () => {
  const { own, asked } = await traces({}, {});
  expect(own).toEqual([]);
  expect(asked).not.toContain('GetTraceSegmentDestination');
});
