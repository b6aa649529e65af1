import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { absent } from '../../services/runtime/aws-error';
import { regionNames } from '../facts/regions';
import type { StackName } from './failures';

/** ms that a region has to answer. */
const patience = 5_000;

export interface OtherRegions {
  /** Regions of this account that have a stack of the name. */
  readonly found: readonly string[];
  /** Regions that did not say. */
  readonly unknown: readonly string[];
}

/** Looks for a store in every other region: nothing else tells that its setting `region` was changed. */
export async function otherRegions(
  clientOf: (region: string) => CloudFormationClient,
  { region: own, stack }: StackName,
): Promise<OtherRegions> {
  const others = regionNames.filter((region) => region !== own);
  const answers = await Promise.all(others.map((region) => hasStack(clientOf(region), stack)));
  const those = (answer: boolean | undefined) => others.filter((_, index) => answers[index] === answer);
  return { found: those(true), unknown: those(undefined) };
}

/** undefined where the region does not say; one that the account has not turned on knows its key not at all. */
async function hasStack(client: CloudFormationClient, StackName: string): Promise<boolean | undefined> {
  try {
    const asked = client.send(new DescribeStacksCommand({ StackName }), { abortSignal: AbortSignal.timeout(patience) });
    const { Stacks = [] } = (await asked.catch(absent)) ?? {};
    return Stacks.length > 0;
  } catch (error) {
    return error instanceof Error && /^(InvalidClientTokenId|UnrecognizedClientException)$/.test(error.name) ? false : undefined;
  }
}
