import { localTools } from '../../lib/preflight/local-tools';
import type { AccountInAws } from './account-in-aws';
import { lines } from './ask';

const registry = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';
const uri = `${registry}/team/store:1.4.2`;
const index = (...architectures: readonly string[]) => ({
  manifests: architectures.map((architecture) => ({ platform: { os: 'linux', architecture } })),
});

async function linesOf(title: string, has: AccountInAws, settings: object, tools = {}): Promise<readonly string[]> {
  return (await lines(has, { ...settings }, tools)).filter((line) => line.includes(` ${title}: `));
}

describe('an image that was built elsewhere', () => {
  test.each<[string, AccountInAws, string, string]>([
    ['for two platforms holds', { images: { '1.4.2': index('amd64', 'arm64') } }, uri, `holds image: ${uri}, for ARM64`],
    [
      'by its digest holds',
      { images: { [`sha256:${'a'.repeat(64)}`]: index('arm64', 'unknown') } },
      `${registry}/store@sha256:${'a'.repeat(64)}`,
      `holds image: ${registry}/store@sha256:${'a'.repeat(64)}, for ARM64`,
    ],
    [
      'for another platform fails',
      { images: { '1.4.2': index('amd64') } },
      uri,
      `fails image: ${uri} is for amd64, and the tasks run on ARM64 → docker buildx build --platform linux/arm64 …`,
    ],
    [
      'that is not there fails',
      { images: {} },
      uri,
      `fails image: ${uri} is not there → aws ecr list-images --region eu-west-1 --registry-id 111122223333 --repository-name team/store`,
    ],
    [
      'without its repository fails',
      { images: undefined },
      uri,
      'fails image: eu-west-1 of 111122223333 has no repository team/store → aws ecr describe-repositories --region eu-west-1',
    ],
    [
      'that names no platform is not known',
      { images: { '1.4.2': { config: {} } } },
      uri,
      `not known image: ${uri} is there; its manifest does not say for which platform → it has to be for linux/arm64: docker buildx imagetools inspect ${uri}`,
    ],
    [
      'of another registry is not known',
      {},
      'ghcr.io/team/store:1.4.2',
      'not known image: ghcr.io/team/store:1.4.2 is in a registry that AWS cannot be asked about → it has to be for linux/arm64: docker buildx imagetools inspect ghcr.io/team/store:1.4.2',
    ],
    [
      'that AWS refuses to show is not known',
      { denied: ['BatchGetImage'] },
      uri,
      "not known image: AWS refuses ecr:BatchGetImage in eu-west-1; the caller's policy needs this statement:",
    ],
  ])('%s', async (_, has, servicesImage, line) => {
    expect(await linesOf('image', has, { servicesImage })).toEqual([expect.stringContaining(line)]);
  });

  test('is asked about for the own container, too', async () => {
    const container = { image: uri, port: 3000, healthPath: '/healthz' };
    expect(await linesOf('image', { images: { '1.4.2': index('arm64') } }, { container })).toEqual([
      `holds image: ${uri}, for ARM64`,
    ]);
  });
});

const docker = (problem: string | undefined) => ({ docker: () => Promise.resolve(problem) });

describe('Docker', () => {
  test('holds where it runs, fails where it does not', async () => {
    expect(await linesOf('Docker', {}, {}, docker(undefined))).toEqual(['holds Docker: it runs here, and builds the image']);
    expect(await linesOf('Docker', {}, {}, docker('Cannot connect to the Docker daemon'))).toEqual([
      'fails Docker: it builds the image, and does not run here: Cannot connect to the Docker daemon → start Docker, or name an image that was built elsewhere: "servicesImage": "…"',
    ]);
  });

  test('is not needed for an image that was built elsewhere', async () => {
    expect(await linesOf('Docker', { images: { '1.4.2': index('arm64') } }, { servicesImage: uri }, docker('no'))).toEqual([]);
  });

  test.each([
    ['true', undefined],
    ['false', expect.stringContaining('false info')],
    ['/nowhere/docker', expect.stringContaining('ENOENT')],
  ])('is the program that the CDK would run: %s', async (program, expected) => {
    const before = process.env['CDK_DOCKER'];
    process.env['CDK_DOCKER'] = program;
    try {
      expect(await localTools.docker()).toEqual(expected);
    } finally {
      if (before === undefined) delete process.env['CDK_DOCKER'];
      else process.env['CDK_DOCKER'] = before;
    }
  });
});

test('a workspace of Slack is not known, with the command that asks', async () => {
  const alarmSlack = { workspaceId: 'T01234567', channelId: 'C01234567' };
  expect(await linesOf('Slack', {}, { alarmSlack })).toEqual([
    expect.stringMatching(
      /^not known Slack: .*T01234567.* → aws chatbot describe-slack-workspaces --region us-east-2 .*ENABLED$/,
    ),
  ]);
  expect(await linesOf('Slack', {}, {})).toEqual([]);
});
