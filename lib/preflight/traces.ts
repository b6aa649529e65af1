import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { GetTraceSegmentDestinationCommand } from '@aws-sdk/client-xray';
import { type Check, failsLater, holds, notKnown } from './check';
import { callAws } from './preflight-error';

/**
 * Transaction Search, a switch of the account in a region: without it the endpoint that API and worker send spans to refuses them.
 * docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Enable-TransactionSearch.html and CloudWatch-OTLP-UsingADOT.html, read 2026-11-29.
 */
export const traces: Check = {
  title: 'traces',
  run: async ({ xray, of }, { config: { region, traces: wanted } }) => {
    if (wanted === undefined) return [];
    const answer = await callAws('xray:GetTraceSegmentDestination', region, () =>
      xray.send(new GetTraceSegmentDestinationCommand({})),
    );
    const ask = `aws xray get-trace-segment-destination --region ${region}`;
    if (answer.Destination === undefined) return [notKnown('X-Ray does not say whether Transaction Search is on', ask)];
    if (answer.Destination === 'CloudWatchLogs')
      return answer.Status === 'ACTIVE'
        ? [holds(`Transaction Search is on in ${region}: spans go to the log group aws/spans`)]
        : [failsLater(`Transaction Search is ${answer.Status} in ${region}: it takes some minutes`, ask)];
    const { Account: account = 'ACCOUNT' } = await callAws('sts:GetCallerIdentity', region, () =>
      of(region).sts.send(new GetCallerIdentityCommand({})),
    );
    return [
      failsLater(
        `Transaction Search is off in ${region} of this account, so that no span arrives; it is for all that the account sends to X-Ray there`,
        `aws logs put-resource-policy --region ${region} --policy-name TransactionSearch --policy-document '${policy(region, account)}'`,
        `aws xray update-trace-segment-destination --region ${region} --destination CloudWatchLogs`,
      ),
    ];
  },
};

/** Lets X-Ray write what it takes into the account's log groups. */
function policy(region: string, account: string): string {
  const groups = ['aws/spans', '/aws/application-signals/data'];
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'xray.amazonaws.com' },
        Action: 'logs:PutLogEvents',
        Resource: groups.map((group) => `arn:aws:logs:${region}:${account}:log-group:${group}:*`),
        Condition: {
          ArnLike: { 'aws:SourceArn': `arn:aws:xray:${region}:${account}:*` },
          StringEquals: { 'aws:SourceAccount': account },
        },
      },
    ],
  });
}
