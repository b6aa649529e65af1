import type { FileStore } from '../../../services/api/file-store';
import { type ObjectForm, ObjectStoreError } from '../../../services/runtime/object-store';

export interface FilesInMemory extends FileStore {
  readonly objects: Map<string, ObjectForm>;
  /** S3 is away, or back. */
  fail(fail: boolean): void;
  /** Nothing is uploaded by itself any more, or again. */
  upload(byItself: boolean): void;
}

/** Without an S3: what a link was made for is there at once, as if somebody had used it. */
export function filesInMemory(): FilesInMemory {
  const objects = new Map<string, ObjectForm>();
  let fails = false;
  let uploads = true;
  const link = async (key: string, seconds: number) => {
    if (fails) throw new ObjectStoreError('Signing a link', new Error('S3 is away'));
    return { url: `https://s3.example.com/${key}?X-Amz-Signature=0`, expiresAt: new Date(Date.now() + seconds * 1_000) };
  };
  return {
    objects,
    fail: (fail) => (fails = fail),
    upload: (byItself) => (uploads = byItself),
    signUpload: async (key, form, seconds) => {
      const signed = await link(key, seconds);
      if (uploads && !objects.has(key)) objects.set(key, form);
      return { ...signed, headers: { 'content-type': form.contentType } };
    },
    signDownload: link,
    head: async (key) => {
      if (fails) throw new ObjectStoreError('Asking for an object', new Error('S3 is away'));
      return objects.get(key);
    },
  };
}
