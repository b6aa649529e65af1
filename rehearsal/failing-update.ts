import { commandIn, expect } from './commands';
import { deployByApi } from './deploy-by-api';
import type { Emulator } from './emulator';
import { cloudFormation, comesTo, idOf, image, isAs, resources, sameAs, templateOf } from './stack';
import { writeSettings } from './store-folder';

const toMedium = 'npm run --silent deploy -- --tier medium';
const breaker = 'ECS Deployment Circuit Breaker was triggered';

/** Updates of a store that runs: each fails, and the next works. @param settings that the store has; afterwards it has none */
export async function failingUpdates(emulator: Emulator, step: (text: string) => void, settings: object): Promise<void> {
  const client = cloudFormation(emulator);
  const small = templateOf('small', settings);
  const medium = templateOf('medium', settings);
  const before = await resources(client);
  const [api, database] = [idOf('AWS::ECS::Service', 'Api', small), idOf('AWS::RDS::DBInstance', 'DatabasePrimary', small)];

  step('small → medium, and the new tasks do not start: rolled back, nothing lost or replaced');
  emulator.trouble({ fail: { [api]: breaker } });
  await deployByApi(emulator, medium, { refusal: breaker });
  await isAs(client, 'UPDATE_ROLLBACK_COMPLETE', small);
  await sameAs(before, client);

  step('Asked again: the same comparison; without a terminal, or with a wrong name, nothing is deployed');
  await Promise.all([
    expect(`${toMedium} --dry-run`, emulator, 2, 'small → medium'),
    expect(toMedium, emulator, 2, 'this is not a terminal. Nothing was deployed.', `→ npm run deploy -- --tier medium --yes`),
    expect(atTerminal('shopp', toMedium), emulator, 2, "Type the store's name (shop) to continue:", 'Nothing was deployed.'),
  ]);
  await sameAs(before, client);

  step('Again, and the database cannot be changed back: the next command compares, says what failed, and what to do');
  const notNow = 'Database instance is not in available state';
  emulator.trouble({ fail: { [api]: breaker }, failRollback: { [database]: notNow } });
  await deployByApi(emulator, medium, { refusal: notNow });
  await comesTo(client, /^UPDATE_ROLLBACK_FAILED$/);
  const said = await expect(
    `${toMedium} --yes`,
    emulator,
    3,
    'small is what its failed rollback returns to',
    /small → medium +SAFE, WITH DOWNTIME/,
    `failed: ${breaker}`,
    `failed: ${notNow}`,
  );
  emulator.trouble({});
  await expect(commandIn(said), emulator, 0);
  await comesTo(client, /^UPDATE_ROLLBACK_COMPLETE$/);
  await isAs(client, 'UPDATE_ROLLBACK_COMPLETE', small);
  await sameAs(before, client);

  step('Then another setting is deployed');
  writeSettings();
  await expect(
    `npm run --silent deploy -- --tier small --yes -- --context imageUri=${image('2')}`,
    emulator,
    0,
    /permissions|payments/,
  );
  await isAs(client, 'UPDATE_COMPLETE', templateOf('small'));
}

/** With a terminal of its own, at which somebody types. */
const atTerminal = (answer: string, line: string) =>
  `echo ${answer} | python3 -c 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))' ${line}`;
