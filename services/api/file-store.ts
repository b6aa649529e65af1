import { type CdnLinkSettings, signCdnLink } from '../runtime/cdn-links';
import {
  type Bucket,
  headObject,
  type ObjectForm,
  type SignedLink,
  type SignedUpload,
  signDownload,
  signUpload,
} from '../runtime/object-store';

/** The customers' files in their bucket. Each rejects with `ObjectStoreError` where S3 is away. */
export interface FileStore {
  signUpload(key: string, form: ObjectForm, seconds: number): Promise<SignedUpload>;
  /** By CloudFront where it has a key. */
  signDownload(key: string, seconds: number): Promise<SignedLink>;
  /** undefined where nothing is there. */
  head(key: string): Promise<ObjectForm | undefined>;
}

/** @param links without them S3 signs downloads, as it does uploads: those go to S3 itself, and never through the CDN */
export const createFileStore = (bucket: Bucket, links: CdnLinkSettings | undefined): FileStore => ({
  signUpload: (key, form, seconds) => signUpload(bucket, key, form, seconds),
  signDownload: async (key, seconds) => (links ? signCdnLink(links, key, seconds) : signDownload(bucket, key, seconds)),
  head: (key) => headObject(bucket, key),
});
