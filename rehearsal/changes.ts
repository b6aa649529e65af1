import type { CloudFormationTemplate } from '../lib/template/template';
import type { TierName } from '../lib/tiers/tier';
import { tiers } from '../lib/tiers/tiers';
import { listOf, RehearsalError } from './commands';
import { deployByApi } from './deploy-by-api';
import type { Emulator } from './emulator';
import { unlikePredicted } from './prediction';
import { createProbes } from './probes';
import { cloudFormation, resources, templateOf } from './stack';

/** From small through every change of size once, and back: each pair of sizes in both directions. */
const upDownUp = 'medium large enterprise medium small large medium enterprise large small enterprise small';

/** Deploys each change by the API to the store that is there: it does what the review of the change said, and nothing is lost. */
export async function changesOfSize(emulator: Emulator, step: (text: string) => void): Promise<void> {
  const client = cloudFormation(emulator);
  const probes = createProbes(emulator);
  const made = new Map<string, CloudFormationTemplate>(); // half a second each, and the comparison of two is kept as well
  let from: { readonly tier: TierName; readonly template: CloudFormationTemplate } = {
    tier: 'small',
    template: templateOf('small'),
  };
  let storageGb = tiers[from.tier].parts.database.storageGb;
  await deployByApi(emulator, from.template); // the bundle's hash is another in the copy of the project, whose packages are elsewhere
  await probes.put(from.template, await resources(client));
  step(
    `Before the changes of size: a message in each queue, an object in each bucket, the values of the secrets (${probes.size()})`,
  );
  for (const tier of upDownUp.split(' ') as TierName[]) {
    step(`${from.tier} → ${tier}`);
    storageGb = Math.max(storageGb, tiers[tier].parts.database.storageGb); // it never shrinks
    const key = `${tier} ${storageGb}`;
    const template = made.get(key) ?? templateOf(tier, { database: { storageGb } });
    made.set(key, template);
    const [before, earlier] = [await resources(client), emulator.journal().length];
    await deployByApi(emulator, template);
    const after = await resources(client);
    const journal = emulator.journal().slice(earlier);
    const wrong = [
      ...unlikePredicted({ from: from.template, to: template, before, after, journal }),
      ...(await probes.missing(after)),
    ];
    if (wrong.length > 0) throw new RehearsalError(listOf(`${from.tier} → ${tier} went otherwise than predicted:`, wrong));
    await probes.put(template, after);
    from = { tier, template };
  }
  await probes.drain(await resources(client));
}
