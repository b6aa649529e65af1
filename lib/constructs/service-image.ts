import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';

export interface ServiceImageProps {
  /** Image of the services that was built elsewhere. @default - built from `services/` */
  readonly imageUri?: string | undefined;
}

const root = resolve(__dirname, '../..');

/** The one image of API, worker and migrations: esbuild bundles at synthesis, the Dockerfile only copies. */
export class ServiceImage extends Construct {
  readonly image: ecs.ContainerImage;

  constructor(scope: Construct, id: string, { imageUri }: ServiceImageProps) {
    super(scope, id);
    this.image = imageUri ? imageAt(this, 'Existing', imageUri) : builtImage(this);
  }
}

/** Image in any registry; tasks get the right to pull it where it is a private ECR repository. */
export function imageAt(scope: Construct, id: string, uri: string): ecs.ContainerImage {
  const [, account, region, repository, tagOrDigest] =
    /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)[:@](.+)$/.exec(uri) ?? [];
  if (!account || !region || !repository || !tagOrDigest) return ecs.ContainerImage.fromRegistry(uri);
  const arn = `arn:aws:ecr:${region}:${account}:repository/${repository}`;
  return ecs.ContainerImage.fromEcrRepository(
    ecr.Repository.fromRepositoryAttributes(scope, id, { repositoryName: repository, repositoryArn: arn }),
    tagOrDigest,
  );
}

function builtImage(scope: Construct): ecs.ContainerImage {
  const asset = new DockerImageAsset(scope, 'Services', { directory: bundled(), platform: Platform.LINUX_ARM64 });
  return ecs.ContainerImage.fromDockerImageAsset(asset);
}

/** Bundles once for each content of the services and their dependencies; synthesis after synthesis reuses the folder. */
function bundled(): string {
  const folder = join(root, '.build', 'services', contentHash());
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}`;
    rmSync(unfinished, { recursive: true, force: true });
    // Loaded when needed: esbuild costs every other synthesis for nothing.
    const { bundleServices } = require('../../services/bundle') as typeof import('../../services/bundle');
    bundleServices(unfinished);
    if (existsSync(folder)) rmSync(unfinished, { recursive: true });
    else renameSync(unfinished, folder);
  }
  return folder;
}

function contentHash(): string {
  const sources = globSync('services/**/*.{ts,sql}', { cwd: root }).toSorted();
  const hash = createHash('sha256');
  for (const file of [...sources, 'services/Dockerfile', 'package-lock.json']) {
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex').slice(0, 16);
}
