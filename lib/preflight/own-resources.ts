import { paginateListStackResources, type StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { absent } from '../../services/runtime/aws-error';
import { physicalNames } from '../config/physical-names';
import type { OwnResources, PreflightInput } from './check';
import type { PreflightClients } from './clients';
import { callAws } from './preflight-error';

/** What the store's stack has already, so that it is not taken for somebody else's; empty where there is no stack. */
export async function ownResources(
  { cloudFormation: client }: PreflightClients,
  { config: { name, region } }: PreflightInput,
): Promise<OwnResources> {
  const pages = paginateListStackResources({ client }, { StackName: physicalNames(name).stack });
  const all: StackResourceSummary[] = [];
  await callAws('cloudformation:ListStackResources', region, async () => {
    try {
      for await (const page of pages) all.push(...(page.StackResourceSummaries ?? []));
    } catch (error) {
      absent(error);
    }
  });
  const own = all.filter(({ ResourceStatus: status }) => status !== 'DELETE_COMPLETE');
  return new Map(own.map(({ PhysicalResourceId: id = '', ResourceStatus: status }) => [id, status]));
}
