import { takeSignals } from '../bin/local/signals';
import { terminal } from '../bin/terminal';
import { changesOfSize } from './changes';
import { RehearsalError } from './commands';
import { folder, install, start } from './emulator';
import { firstDeployment } from './first-deployment';
import { propertiesFit } from './schemas';
import { servicesWork } from './services';
import { variants } from './variants';

const summary = `Real: the CDK's command and this project's, PostgreSQL, Valkey, migrations, API, worker, rotation, and CloudFormation's schemas.
Emulated: CloudFormation and all services of AWS; rehearsal/stubs.json names the types that are only written down. Stripe is a stand-in.
Not shown: rights, network, log-in by IAM, TLS, quotas, durations, images, CloudFront, WAF, and what RDS and ElastiCache refuse.
`;

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
    await servicesWork(emulator, step, async () => {
      await variants(emulator, step);
      await propertiesFit(emulator, step);
    });
  } catch (error) {
    write(`\n${textOf(error)}\n\nThe rehearsal failed; every output is in ${folder}\n`);
    return 1;
  } finally {
    emulator.stop();
  }
  write(`${seconds()}  ${steps} steps, all as they should be\n`);
  write(summary);
  return 0;
}

/** A step that found something else says all there is to say. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof RehearsalError ? error.message : (error.stack ?? error.message);
}

takeSignals(); // what was started ends with this process, which has to end by itself

void rehearse(terminal().write).then((code) => (process.exitCode = code));
