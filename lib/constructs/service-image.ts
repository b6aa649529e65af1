import * as ecr from 'aws-cdk-lib/aws-ecr';
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { bundleFolder } from '../../services/image/bundle-folder';

export interface ServiceImageProps {
  /** Image of the services that was built elsewhere. @default - built from `services/` */
  readonly imageUri?: string | undefined;
}

/** The one image of API, worker and migrations: esbuild bundles at synthesis, the Dockerfile only copies. */
export class ServiceImage extends Construct {
  readonly image: ecs.ContainerImage;

  constructor(scope: Construct, id: string, { imageUri }: ServiceImageProps) {
    super(scope, id);
    const asset = () =>
      new DockerImageAsset(this, 'Services', { directory: bundleFolder('services'), platform: Platform.LINUX_ARM64 });
    this.image = imageUri ? imageAt(this, 'Existing', imageUri) : ecs.ContainerImage.fromDockerImageAsset(asset());
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
