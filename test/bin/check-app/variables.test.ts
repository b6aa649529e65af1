import type { Backends } from '../../../bin/check-app/backends';
import { dockerCommand } from '../../../bin/check-app/docker';
import type { Program } from '../../../bin/check-app/programs';
import { variablesOf } from '../../../bin/check-app/variables';

const backends = { folder: '/f', authority: '/f/ca.pem', awsEndpoint: 'http://aws', queueUrls: {}, stripeUrl: '', sesUrl: '' };
const program: Program = {
  name: 'api',
  command: ['node', 'api.js'],
  own: true,
  image: 'ghcr.io/acme/app:1.0.0',
  environment: new Map([
    ['LOG_LEVEL', 'info'],
    ['FILES_BUCKET', undefined],
    ['EMPTY', ''],
    ['UNKNOWN', undefined],
  ]),
  secrets: ['TAX_KEY'],
  memoryMiB: 512,
  writable: ['/tmp'],
};
const variables = (given: Readonly<Record<string, string>>) =>
  variablesOf({
    program,
    backends: backends as unknown as Backends,
    turn: 'a',
    port: 4000,
    apiUrl: 'http://api',
    siteUrl: 'http://site',
    given,
  });

describe('variables of a program on this machine', () => {
  it('are those of its task definition: literals stay, what a deployment would fill in has its value here', () => {
    expect(variables({ UNKNOWN: 'x', TAX_KEY: 'y' })).toMatchObject({
      LOG_LEVEL: 'info',
      FILES_BUCKET: 'store-files',
      EMPTY: '',
      UNKNOWN: 'x',
      TAX_KEY: 'y',
      PORT: '4000',
    });
  });

  it('are refused where some have no value here, each by its name', () => {
    expect(() => variables({})).toThrow(/UNKNOWN of api has no value.*\n.*TAX_KEY of api has no value/);
  });

  it('reach a container by name: no value stands in the command', () => {
    const command = dockerCommand(program, { PATH: '/bin', TAX_KEY: 's3cret' }, '/f/ca.pem');
    expect(command.join(' ')).toBe(
      'docker run --rm --network host --read-only --tmpfs /tmp --volume /f/ca.pem:/f/ca.pem:ro --env TAX_KEY ghcr.io/acme/app:1.0.0 node api.js',
    );
  });
});
