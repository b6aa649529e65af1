import { foundationOf } from '../lib/template/foundation';
import { begin, commandIn, expect } from './commands';
import { deployByApi } from './deploy-by-api';
import type { Emulator } from './emulator';
import { cloudFormation, comesTo, idOf, image, isAs, resources, sameAs, templateOf } from './stack';
import { writeSettings } from './store-folder';

const deploy = (tag: string) => `npm run --silent deploy -- --tier small --yes -- --context imageUri=${image(tag)}`;

/** An API of one's own, with the mistakes that are made there. */
const ownApi = (settings: object = {}) => ({
  container: { image: image('own-1'), port: 3000, healthPath: '/healthz', ...settings },
});

/** What ECS says of tasks that do not start or do not answer, after the attempts of its circuit breaker. */
const taskMistakes: readonly { readonly what: string; readonly settings: object; readonly says: string }[] = [
  { what: 'wrong port', settings: { port: 8081 }, says: 'Task failed ELB health checks: Request timed out' },
  {
    what: 'wrong health path',
    settings: { healthPath: '/nothing' },
    says: 'Task failed ELB health checks: Health checks failed with these codes: [404]',
  },
  {
    what: 'secret without the key',
    settings: { secrets: { TAX_KEY: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:tax-AbCdEf' } },
    says: 'ResourceInitializationError: unable to pull secrets or registry auth',
  },
];

/** Docs/first-deployment.md, with the mistakes that only the deployment shows. @param settings of the store, which are right */
export async function firstDeployment(emulator: Emulator, step: (text: string) => void, settings: object): Promise<void> {
  const client = cloudFormation(emulator);
  const whole = templateOf('small', settings);
  const foundation = foundationOf(templateOf('small', { ...settings, ...ownApi() }));
  const [cdn, api] = [idOf('AWS::CloudFront::Distribution', 'Cdn', whole), idOf('AWS::ECS::Service', 'Api', whole)];
  const database = idOf('AWS::RDS::DBInstance', 'DatabasePrimary', whole);

  step('RDS refuses the class: the first stage stops, keeps what it has created, and the next command says why');
  writeSettings({ ...settings, ...ownApi() });
  const noClass =
    'Cannot create a db.t4g.micro Multi-AZ instance because at least 2 subnets must exist in availability zones with sufficient capacity';
  emulator.trouble({ fail: { [database]: noClass } });
  await deployByApi(emulator, foundation, { creates: true, refusal: noClass, noRollback: true });
  await expect(
    `npm run --silent deploy -- --tier small --dry-run -- --context imageUri=${image('1')}`,
    emulator,
    0,
    'stopped partway: this deployment continues it',
    /! DatabasePrimary\w* \(AWS::RDS::DBInstance\) failed: .*with sufficient capacity/,
  );

  step('It goes on, and CloudFront refuses the certificate: it stops again, with more created');
  emulator.trouble({ fail: { [cdn]: 'The specified SSL certificate must be in the us-east-1 region' } });
  await expect(deploy('1'), emulator, 1, 'this deployment continues it', 'SSL certificate must be in the us-east-1 region');

  step('The certificate is right, and the command is killed halfway: the next says to wait, and how');
  emulator.trouble({ hold: ['AWS::CloudFront::Distribution'] });
  const killed = begin(deploy('1'), emulator);
  await comesTo(client, /_IN_PROGRESS$/);
  killed.kill();
  const said = await expect(deploy('1'), emulator, 1, /is \w+_IN_PROGRESS: it is being changed; wait, then try again/);
  emulator.trouble({});
  await comesTo(client, /_(COMPLETE|FAILED)$/);
  await expect(commandIn(said), emulator, 0);
  await isAs(client, 'UPDATE_COMPLETE', foundation);

  step('It goes on with the tasks, and the image does not start: rolled back to the foundation');
  emulator.trouble({ fail: { [api]: 'ECS Deployment Circuit Breaker was triggered' } });
  await expect(deploy('1'), emulator, 1, /api +added/, 'Circuit Breaker was triggered');
  await isAs(client, 'UPDATE_ROLLBACK_COMPLETE', foundation);

  const before = await resources(client);
  for (const { what, settings: wrong, says } of taskMistakes) {
    step(`${what}: rolled back to the same foundation`);
    emulator.trouble({ fail: { [api]: says } });
    await deployByApi(emulator, templateOf('small', { ...settings, ...ownApi(wrong) }), { refusal: says });
    await isAs(client, 'UPDATE_ROLLBACK_COMPLETE', foundation);
    await sameAs(before, client);
  }

  step("Another image, at the store's own port and path: the store is complete");
  emulator.trouble({});
  writeSettings(settings);
  await expect(deploy('2'), emulator, 0, /worker +added/);
  await isAs(client, 'UPDATE_COMPLETE', whole);

  step('The same once more: nothing differs');
  await expect(
    `npx cdk diff --context tier=small --context imageUri=${image('2')}`,
    emulator,
    0,
    'Number of stacks with differences: 0',
  );
}
