import { hostName } from './host-name';
import { text } from './schemas';

/** Without * and ?, which are wildcards in a policy, and in the one way of writing that a policy's condition compares. */
export const emailFrom = text(
  'an address without a name, in lower-case letters, that SES has verified (or its domain) is allowed',
  'orders@shop.example.com',
  (address) => /^[a-z0-9._%+-]{1,64}@/.test(address) && hostName.test(address.slice(address.indexOf('@') + 1)),
);

export const siteUrl = text(
  'an https address without a slash, a query or a # at its end is allowed',
  'https://www.example.com',
  (url) => hostName.test(/^https:\/\/([^/]+)(\/[\w.~-]+)*$/.exec(url)?.[1] ?? ''),
);
