import {
  type AnomalyMonitor,
  GetAnomalyMonitorsCommand,
  ListCostAllocationTagsCommand,
  UnknownMonitorException,
} from '@aws-sdk/client-cost-explorer';
import { storeTag } from '../../services/contract';
import { edgeRegion } from '../facts/regions';
import { type Check, type Finding, fails, holds } from './check';
import type { RegionalClients } from './clients';
import { callAws, PreflightError, undefinedOn } from './preflight-error';

/** Where Cost Explorer answers, for all regions. */
const region = edgeRegion;

const activate = `aws ce update-cost-allocation-tags-status --region ${region} --cost-allocation-tags-status TagKey=${storeTag},Status=Active`;
const leaveOut = 'until then leave "costAnomalies" out';
const ownMonitor = 'give a monitor of the account: "costAnomalies": { "monitorArn": … }, with its ARN from';
const monitors = `aws ce get-anomaly-monitors --region ${region} --query 'AnomalyMonitors[].[MonitorArn,MonitorName]' --output text`;

/**
 * What unusual costs are found by: a tag that billing has activated, or the monitor that is given. In a member account of an organization
 * AWS refuses both questions about tags and monitors for them. docs.aws.amazon.com/cost-management/latest/userguide/getting-started-ad.html
 * ("can only be created in the management account") and the API's ListCostAllocationTags, read 2026-11-30.
 */
export const costAnomalies: Check = {
  title: 'cost anomalies',
  run: async ({ of }, { config: { costAnomalies: wanted } }) => {
    if (wanted === undefined) return [];
    const { costExplorer } = of(region);
    return [wanted.monitorArn === undefined ? await ofTag(costExplorer) : await ofMonitor(costExplorer, wanted.monitorArn)];
  },
};

type CostExplorer = RegionalClients['costExplorer'];

async function ofTag(costExplorer: CostExplorer): Promise<Finding> {
  const question = new ListCostAllocationTagsCommand({ TagKeys: [storeTag] });
  try {
    const { CostAllocationTags: tags = [] } = await callAws('ce:ListCostAllocationTags', region, () =>
      costExplorer.send(question),
    );
    const found = tags.find(({ TagKey: key }) => key === storeTag);
    if (found?.Status === 'Active') return holds(`the cost allocation tag ${storeTag} is active`);
    return found === undefined
      ? fails(`billing has not seen the tag ${storeTag}: it does within a day of a store’s first deployment`, leaveOut)
      : fails(`the cost allocation tag ${storeTag} is not active: no cost of the store would be seen`, activate, leaveOut);
  } catch (error) {
    if (!isOfMember(error)) throw error;
    return fails(`a member account of an organization can make no monitor for the tag ${storeTag}`, ownMonitor, monitors);
  }
}

/** AWS refuses a member with the error of a right that lacks. */
const isOfMember = (error: unknown): boolean =>
  error instanceof PreflightError && error.cause instanceof Error && /linked account/i.test(error.cause.message);

async function ofMonitor(costExplorer: CostExplorer, arn: string): Promise<Finding> {
  const question = new GetAnomalyMonitorsCommand({ MonitorArnList: [arn] });
  const answer = await callAws('ce:GetAnomalyMonitors', region, () =>
    costExplorer.send(question).catch(undefinedOn(UnknownMonitorException)),
  );
  const found: AnomalyMonitor | undefined = answer?.AnomalyMonitors?.find(({ MonitorArn: one }) => one === arn);
  return found === undefined
    ? fails(`this account has no monitor ${arn}`, ownMonitor, monitors)
    : holds(`the monitor ${found.MonitorName ?? arn} is there`);
}
