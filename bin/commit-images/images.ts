import { isObject } from '../../lib/config/is-object';

/** The tag by which settings name an image that the pipeline builds of each commit: `…/shop:commit`. */
const commitTag = 'commit';

/** A repository of Amazon ECR with images of this project's commits. */
export interface CommitImage {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
}

const reference = new RegExp(
  `^(?<account>\\d{12})\\.dkr\\.ecr\\.(?<region>[a-z0-9-]+)\\.amazonaws\\.com/(?<repository>[a-z0-9][a-z0-9._/-]*):${commitTag}$`,
);

/** In the context of cdk.json, each once, in its order. @param store one of several @default all stores */
export function commitImages(context: Readonly<Record<string, unknown>>, store?: string): readonly CommitImage[] {
  const { stores } = context;
  const chosen = isObject(stores) && store !== undefined ? { [store]: stores[store] } : stores;
  const found = textsIn(chosen).flatMap((text) => {
    const { account, region, repository } = reference.exec(text)?.groups ?? {};
    if (account === undefined || region === undefined || repository === undefined) return [];
    return [{ account, region, repository }];
  });
  return [...new Map(found.map((image) => [uriOf(image, commitTag), image])).values()];
}

export const registryOf = ({ account, region }: CommitImage): string => `${account}.dkr.ecr.${region}.amazonaws.com`;

export const uriOf = (image: CommitImage, tag: string): string => `${registryOf(image)}/${image.repository}:${tag}`;

/** cdk.json with the commit as the tag of each of these images. */
export function withCommit(text: string, images: readonly CommitImage[], commit: string): string {
  const uris = new Map(images.map((image) => [uriOf(image, commitTag), uriOf(image, commit)]));
  const settings: unknown = JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' ? (uris.get(value) ?? value) : value,
  );
  return `${JSON.stringify(settings, null, 2)}\n`;
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
