import { setTimeout as pause } from 'node:timers/promises';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateEmailIdentityCommand, DeleteEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { lastLines } from '../bin/local/data';
import type { RunningService } from '../bin/local/parts/service';
import { type TierName, tierNames } from '../lib/tiers/tier';
import { tiers } from '../lib/tiers/tiers';
import { databaseRoles, environment, healthPaths, queues } from '../services/contract';
import { apiAt } from '../test/services/faults/running-api';
import { eventually } from '../test/services/parts/eventually';
import { RehearsalError } from './commands';
import { deployByApi } from './deploy-by-api';
import type { Emulator } from './emulator';
import { becomesDeadLetter, emailFrom, otherQueues, sent } from './messages';
import { buy, look } from './order';
import { type ServiceParts, startServiceParts } from './service-parts';
import { clientOf, templateOf } from './stack';
import { containerOf, lastOf, type TaskContainer } from './task';

const webhookSecret = 'whsec_rehearsal';

/** No size has more: storage never shrinks. */
const storageGb = Math.max(...tierNames.map((tier) => tiers[tier].parts.database.storageGb));

/** API and worker of a deployed size, and where they listen. */
interface Running {
  readonly api: RunningService;
  readonly apiPort: number;
  readonly worker: RunningService;
  readonly workerPort: number;
}

/**
 * The services' own programs, with exactly what is deployed: small, where they log in by password, then over its data medium, where they log in by
 * IAM, and large, whose cache is in cluster mode. In each an order goes from HTTP to the e-mail. @param meanwhile done while a message that fails waits for its next receive
 */
export async function servicesWork(
  emulator: Emulator,
  step: (text: string) => void,
  meanwhile: () => Promise<void>,
): Promise<void> {
  const ses = new SESv2Client(clientOf(emulator));
  const settings = { database: { storageGb }, payments: { stripeSecretArn: await stripeSecret(emulator) }, emailFrom };
  const deploy = (tier: TierName) => deployByApi(emulator, templateOf(tier, settings));
  await ses.send(new CreateEmailIdentityCommand({ EmailIdentity: emailFrom }));

  step('PostgreSQL, Valkey and a stand-in of Stripe start');
  const parts = await startServiceParts(emulator, webhookSecret);
  try {
    step(
      'small with payments and e-mail, by password: migrations, API and worker with what is deployed; an order up to its e-mail',
    );
    await deploy('small');
    await parts.createDatabase(lastOf(emulator, 'AWS::RDS::DBInstance', ({ DBName }) => DBName !== undefined));
    await migrate(emulator, parts);
    await parts.seed();
    const small = await start(emulator, parts);
    await rotate(emulator, parts);
    await sent(emulator, await buy(small.apiPort, parts.stripe));
    await otherQueues(emulator, small.worker, small.workerPort);
    await stop(small);

    step('medium over the same data, by IAM, with a replica: the same again');
    await deploy('medium');
    await migrate(emulator, parts);
    await parts.startReplica();
    const medium = await start(emulator, parts);
    await eventually('the API reads from the replica', parts.replicaIsAsked);
    await sent(emulator, await buy(medium.apiPort, parts.stripe));
    await otherQueues(emulator, medium.worker, medium.workerPort);
    await stop(medium);

    step('large over the same data, with a cache in cluster mode: the same again');
    await Promise.all([deploy('large'), parts.startCluster()]);
    await migrate(emulator, parts);
    const large = await start(emulator, parts);
    await eventually('the API reads from the replica', parts.replicaIsAsked);
    await look(large.apiPort);
    await eventually('each node of the cache has entries of the API', parts.clusterIsUsed);
    await sent(emulator, await buy(large.apiPort, parts.stripe));
    await otherQueues(emulator, large.worker, large.workerPort);

    step(`SES refuses the sender: the message is received ${queues.email.attempts} times, then it lies with the dead letters`);
    await ses.send(new DeleteEmailIdentityCommand({ EmailIdentity: emailFrom }));
    await Promise.all([becomesDeadLetter(emulator, await buy(large.apiPort, parts.stripe), large.worker), meanwhile()]);
    await stop(large);
  } finally {
    await parts.stop();
  }
}

/** As docs/payments-and-email.md has it. @returns its ARN */
async function stripeSecret(emulator: Emulator): Promise<string> {
  const SecretString = JSON.stringify({ secretKey: 'sk_test_rehearsal', webhookSecret });
  const { ARN = '' } = await new SecretsManagerClient(clientOf(emulator)).send(
    new CreateSecretCommand({ Name: 'shop/stripe-of-services', SecretString }),
  );
  return ARN;
}

/** The task of each service begins with them. */
async function migrate(emulator: Emulator, parts: ServiceParts): Promise<void> {
  for (const task of ['api', 'worker']) {
    await endsWell(parts, 'migrations', await containerOf(emulator, task, 'migrations'));
  }
}

/** The passwords are new, so it only looks at them. */
async function rotate(emulator: Emulator, parts: ServiceParts): Promise<void> {
  const output = await endsWell(parts, 'rotation', await containerOf(emulator, 'rotation', 'rotation'));
  const missing = Object.values(databaseRoles).filter((role) => !output.includes(`"${role}"`));
  if (missing.length > 0) throw new RehearsalError(`The rotation has no password of ${missing.join(', ')}`);
}

/** @param name of its log @returns what it wrote */
async function endsWell(parts: ServiceParts, name: string, container: TaskContainer): Promise<string> {
  const program = parts.start(container, name);
  const code = await within(`the ${name} end`, program.exit);
  if (code !== 0) throw new RehearsalError(`The ${name} ended with ${code}:\n${lastLines(program.output())}`);
  return program.output();
}

async function start(emulator: Emulator, parts: ServiceParts): Promise<Running> {
  const [apiContainer, workerContainer] = [
    await containerOf(emulator, 'api', 'api'),
    await containerOf(emulator, 'worker', 'worker'),
  ];
  const [api, worker] = [parts.start(apiContainer, 'api'), parts.start(workerContainer, 'worker')];
  const [apiPort, workerPort] = await Promise.all([portOf(api, 'Listening'), portOf(worker, 'Answering the health check')]);
  const { HealthCheckPath, Port } = lastOf(emulator, 'AWS::ElasticLoadBalancingV2::TargetGroup');
  const listensOn = apiContainer.variables[environment.port];
  if (String(Port) !== listensOn)
    throw new RehearsalError(`The balancer asks port ${String(Port)}, and the API listens on ${listensOn}`);
  const client = apiAt(apiPort);
  for (const path of [String(HealthCheckPath), healthPaths.ready])
    await eventually(`${path} is answered with 200`, async () => (await client.call(path)).status === 200);
  return { api, apiPort, worker, workerPort };
}

/** @param message of the line that has it */
async function portOf(service: RunningService, message: string): Promise<number> {
  const line = await within(`"${message}" is logged`, service.line(message)).catch(() => undefined);
  if (line === undefined) throw new RehearsalError(`"${message}" was not logged:\n${lastLines(service.output())}`);
  return Number(line['port']);
}

/** @throws RehearsalError after a time that no machine needs */
function within<T>(what: string, work: Promise<T>): Promise<T> {
  const late = pause(45_000, undefined, { ref: false }).then(() => {
    throw new RehearsalError(`Not within 45 s: ${what}`);
  });
  return Promise.race([work, late]);
}

/** As ECS does. */
async function stop({ api, worker }: Running): Promise<void> {
  for (const service of [api, worker]) {
    service.process.kill('SIGTERM');
    const code = await within('it ends', service.exit);
    if (code !== 0) throw new RehearsalError(`It ended with ${code}:\n${lastLines(service.output())}`);
  }
}
