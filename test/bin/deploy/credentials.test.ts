import { credentialsNotes, type Lasts } from '../../../bin/deploy/credentials';
import { changeFacts } from '../../../lib/facts/changes';
import { clientsAt, noStack } from '../../deployed/store-in-cloudformation';
import { deployedSmall, run, toMedium } from './run-deploy';

const now = new Date('2026-11-20T12:00:00Z');
const { first, change } = changeFacts.deploymentMinutes;

const clients = (expiration?: Date) =>
  clientsAt('http://127.0.0.1:9', 'us-east-1', {
    accessKeyId: 'test',
    secretAccessKey: 'test',
    ...(expiration && { expiration }),
  });
const notes = (minutes: number, lasts: Lasts) =>
  credentialsNotes(clients(new Date(now.getTime() + minutes * 60_000)), lasts, now);

describe('credentials', () => {
  it('that do not end are not spoken of', async () => {
    expect(await credentialsNotes(clients(), 'hours', now)).toEqual([]);
  });

  it.each([
    ['first', first],
    ['change', change],
  ] as const)('that outlast a deployment of the kind %s are not spoken of', async (lasts, minutes) => {
    expect(await notes(minutes, lasts)).toEqual([]);
    expect(await notes(minutes - 1, lasts)).toEqual([
      expect.stringContaining(`end in ${minutes - 1} min, and the deployment may last ${minutes} min`),
    ]);
  });

  it('of a first deployment do not begin its second stage once they have ended', async () => {
    expect(await notes(10, 'first')).toEqual([expect.stringContaining('the second deployment does not begin')]);
  });

  it('are never enough for hours of which nobody knows how many', async () => {
    expect(await notes(600, 'hours')).toEqual([expect.stringContaining('the deployment lasts hours')]);
  });

  it.each([
    [deployedSmall(), [...toMedium, '--dry-run'], 'the deployment lasts hours'],
    [() => noStack, ['--tier', 'small', '--dry-run'], 'the deployment may last 60 min'],
  ])('are spoken of before anything is asked or deployed', async (answer, argv, text) => {
    const { out, questions, cdk } = await run(answer, argv, { expiration: new Date(now.getTime() + 60_000) });

    expect(out).toContain(`! Your credentials end in 1 min, and ${text}`);
    expect([questions, cdk]).toEqual([[], []]);
  });
});
