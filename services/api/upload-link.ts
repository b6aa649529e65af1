import * as z from 'zod';
import { time } from '../runtime/forms';
import type { SignedUpload } from '../runtime/object-store';

/** A link that takes one upload. */
export const uploadLink = z.object({
  method: z.literal('PUT'),
  url: z.string(),
  headers: z
    .record(z.string(), z.string())
    .meta({ description: 'To be sent with it, with these values; `content-length` is that of the file' }),
  expiresAt: time.meta({ description: 'An upload must have begun by then' }),
});

export const uploadLinkOf = ({ url, headers, expiresAt }: SignedUpload): z.input<typeof uploadLink> => ({
  method: 'PUT',
  url,
  headers,
  expiresAt: expiresAt.toISOString(),
});

/** Whether what S3 has is what its link was signed for. */
export const isAsSigned = (stored: Sized, wanted: Sized): boolean =>
  stored.bytes === wanted.bytes && stored.contentType === wanted.contentType;

interface Sized {
  readonly bytes: number;
  readonly contentType: string;
}
