import { viewerAddressHeader } from '../../services/contract';

/** Header as the CDN sets it, of one of 16 million subscribers: limits are counted, and nobody meets theirs. */
export const viewer = (subscriber: number): Readonly<Record<string, string>> => ({
  [viewerAddressHeader]: `10.${(subscriber >> 16) & 255}.${(subscriber >> 8) & 255}.${subscriber & 255}`,
});
