import { BatchGetImageCommand, RepositoryNotFoundException } from '@aws-sdk/client-ecr';
import { elements, type Json, member } from '../template/template';
import { type Check, type Finding, fails, holds, notKnown } from './check';
import type { PreflightClients } from './clients';
import { callAws, undefinedOn } from './preflight-error';

/** Lists of images by platform, and images without; without these AWS would turn one into the other. */
const mediaTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** Images that were built elsewhere: there, and for ARM64, on which the tasks run. */
export const images: Check = {
  title: 'image',
  run: (clients, { config: { servicesImageUri, app } }) => {
    const own = [app.api, app.worker, app.migrations, app.site].flatMap((program) =>
      typeof program === 'object' ? [program.imageUri] : [],
    );
    const uris = new Set(servicesImageUri === undefined ? own : [servicesImageUri, ...own]);
    return Promise.all([...uris].map((uri) => judged(uri, clients)));
  },
};

const ecr =
  /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com\/(?<repository>[^:@]+)(:(?<tag>[^@]+))?(@(?<digest>.+))?$/;

async function judged(uri: string, { of }: PreflightClients): Promise<Finding> {
  const { account = '', region = '', repository = '', tag, digest } = ecr.exec(uri)?.groups ?? {};
  if (region === '') return notKnown(`${uri} is in a registry that AWS cannot be asked about`, inspect(uri));
  const command = new BatchGetImageCommand({
    registryId: account,
    repositoryName: repository,
    imageIds: [digest === undefined ? { imageTag: tag } : { imageDigest: digest }],
    acceptedMediaTypes: mediaTypes,
  });
  const answer = await callAws('ecr:BatchGetImage', region, () =>
    of(region).ecr.send(command).catch(undefinedOn(RepositoryNotFoundException)),
  );
  if (!answer)
    return fails(`${region} of ${account} has no repository ${repository}`, `aws ecr describe-repositories --region ${region}`);
  const manifest = answer.images?.[0]?.imageManifest;
  if (manifest === undefined)
    return fails(
      `${uri} is not there`,
      `aws ecr list-images --region ${region} --registry-id ${account} --repository-name ${repository}`,
    );
  const platforms = elements(member(JSON.parse(manifest) as Json, 'manifests')).map((one) =>
    member(member(one, 'platform'), 'architecture'),
  );
  if (platforms.length === 0) return notKnown(`${uri} is there; its manifest does not say for which platform`, inspect(uri));
  return platforms.includes('arm64')
    ? holds(`${uri}, for ARM64`)
    : fails(
        `${uri} is for ${platforms.map(String).join(', ')}, and the tasks run on ARM64`,
        'docker buildx build --platform linux/arm64 …',
      );
}

const inspect = (uri: string): string => `it has to be for linux/arm64: docker buildx imagetools inspect ${uri}`;

/** Only where the deployment builds an image. */
export const docker: Check = {
  title: 'Docker',
  run: async ({ docker: run }, { config: { servicesImageUri } }) => {
    if (servicesImageUri !== undefined) return [];
    const problem = await run();
    return [
      problem === undefined
        ? holds('it runs here, and builds the image')
        : fails(
            `it builds the image, and does not run here: ${problem}`,
            'start Docker, or name an image that was built elsewhere: "servicesImage": "…"',
          ),
    ];
  },
};

/** The SDK's client for chat applications has not been published since 2024, so this is left to the AWS CLI. */
export const slack: Check = {
  title: 'Slack',
  run: (_, { config: { alerts } }) => {
    const id = alerts.slack?.workspaceId;
    if (id === undefined) return Promise.resolve([]);
    const ask = `aws chatbot describe-slack-workspaces --region us-east-2 --query "SlackWorkspaces[?SlackTeamId=='${id}'].State"`;
    return Promise.resolve([
      notKnown(`whether the account may post to the workspace ${id}: no client is there to ask`, `${ask}; it has to be ENABLED`),
    ]);
  },
};
