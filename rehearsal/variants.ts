import { type CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { loadStoreConfig } from '../lib/config/load-store-config';
import { formatFailure, readFailures } from '../lib/deployed/failures';
import { synthesize } from '../lib/synthesize';
import { everything, inTheirVpc } from '../test/settings-of-a-store/two-values';
import { listOf, RehearsalError } from './commands';
import { assets } from './deploy-by-api';
import type { Emulator } from './emulator';
import { cloudFormation, resources } from './stack';

const region = 'us-east-1';

/** Stores beside the other: one that gives every setting, and one in a VPC that somebody else owns. */
export async function variants(emulator: Emulator, step: (text: string) => void): Promise<void> {
  const client = cloudFormation(emulator);
  const domain = { ...everything.domain, hostedZoneId: await hostedZone(emulator, everything.domain.name) };
  const stores = { whole: { region, ...everything, domain }, guest: { region, ...(await inVpcOf(client)) } };
  for (const [store, what] of [
    ['whole', 'A store beside it that gives every setting'],
    ['guest', 'A store in the VPC of somebody else'],
  ] as const) {
    step(what);
    const template = synthesize(loadStoreConfig({ tier: 'small', store, stores }, { now: new Date('2026-01-01') }));
    const StackName = `Store-${store}`;
    const TemplateURL = `${emulator.url}/${assets}/${store}.json`;
    await fetch(TemplateURL, { method: 'PUT', body: JSON.stringify(template) });
    const Capabilities = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'] as const;
    await client.send(new CreateStackCommand({ StackName, TemplateURL, Capabilities: [...Capabilities] }));
    await waitUntilStackCreateComplete({ client, maxWaitTime: 120, minDelay: 0.05, maxDelay: 0.05 }, { StackName }).catch(
      async (error: unknown) => {
        const failures = await readFailures(client, { region, stack: StackName });
        throw new RehearsalError(listOf(`${StackName}: ${String(error).slice(0, 200)}`, failures.map(formatFailure)));
      },
    );
  }
}

/** Two zones of the store that is there. */
async function inVpcOf(client: CloudFormationClient): Promise<typeof inTheirVpc> {
  const names = [...(await resources(client))];
  const ids = (what: RegExp) => names.flatMap(([id, name]) => (what.test(id) ? [name] : []));
  return {
    vpc: {
      vpcId: ids(/^NetworkVpc[0-9A-F]{8}$/)[0] ?? '',
      zones: inTheirVpc.vpc.zones,
      publicSubnetIds: ids(/^NetworkVpcPublicSubnet[12]Subnet/),
      applicationSubnetIds: ids(/^NetworkVpcApplicationSubnet[12]Subnet/),
      dataSubnetIds: ids(/^NetworkVpcDataSubnet[12]Subnet/),
    },
  };
}

/** @returns its id */
async function hostedZone({ url }: Emulator, name: string): Promise<string> {
  const body = `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>${name}</Name><CallerReference>rehearsal</CallerReference></CreateHostedZoneRequest>`;
  const answer = await fetch(`${url}/2013-04-01/hostedzone`, { method: 'POST', body });
  return /<Id>\/hostedzone\/(\w+)<\/Id>/.exec(await answer.text())?.[1] ?? '';
}
