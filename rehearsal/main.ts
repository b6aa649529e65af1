import { terminal } from '../bin/terminal';
import { changesOfSize } from './changes';
import { RehearsalError } from './commands';
import { folder, install, start } from './emulator';
import { firstDeployment } from './first-deployment';

/** Deploys to an emulator of CloudFormation what the documents say, mistakes included. @returns the exit code */
async function rehearse(write: (text: string) => void): Promise<number> {
  const began = performance.now();
  const seconds = () => `${Math.round((performance.now() - began) / 1000)} s`.padStart(6);
  let steps = 0;
  const step = (text: string) => {
    steps += 1;
    write(`${seconds()}  ${text}\n`);
  };
  step('The emulator starts');
  install();
  const emulator = await start();
  try {
    await firstDeployment(emulator, step);
    await changesOfSize(emulator, step);
  } catch (error) {
    if (!(error instanceof RehearsalError)) throw error;
    write(`\n${error.message}\n\nThe rehearsal failed; every output is in ${folder}\n`);
    return 1;
  } finally {
    emulator.stop();
  }
  write(`${seconds()}  ${steps} steps, all as they should be\n`);
  write(
    'Emulated: no rights, no network, no quotas, no durations, and RDS refuses nothing. rehearsal/stubs.json names the types that are only written down.\n',
  );
  return 0;
}

void rehearse(terminal().write).then((code) => (process.exitCode = code));
