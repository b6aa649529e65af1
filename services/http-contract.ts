/** The part of the contract that browsers, Stripe, the CDN and the firewall know: paths, headers, pages. */

/**
 * Pages of the shop's front end that e-mails about accounts link to, with `#token=…` behind: what is behind a # goes to no server and no log. Below the
 * site's own address (`SITE_URL`).
 */
export const accountPages = {
  'verify-email': '/account/verify-email',
  'password-reset': '/account/reset-password',
  'email-change': '/account/change-email',
} as const;

/** Pages of the shop's front end that e-mails about wishes link to: a product's, with its slug behind; and one that stops such e-mails by `#token=…`. */
export const shopPages = { product: '/products/', stopEmails: '/account/stop-emails' } as const;

/** Where the API takes that token, behind a slash: mail programs post there. */
export const emailStopsPath = '/api/v1/email-stops';

/** Where Stripe sends its events, signed; the firewall looks at no body there, since names and addresses in one look like anything. */
export const paymentEventsPath = '/api/v1/payments/webhook';

/** What bots go for, each by POST: the API's routes with `challenged`, and what the firewall challenges where `protection.challenge` says so. */
export const challengedPaths = [
  '/api/v1/users',
  '/api/v1/auth/session',
  '/api/v1/auth/password-resets',
  '/api/v1/orders',
] as const;

/** Carries the firewall's token for a page of another host, whose request has no cookie of it. */
export const challengeTokenHeader = 'x-aws-waf-token';

/** Who tells a person from a bot for a store that brings its own check (`protection.captcha`). */
export const captchaProviders = ['turnstile', 'hcaptcha'] as const;
export type CaptchaProvider = (typeof captchaProviders)[number];

/** Carries the token of that check. */
export const captchaTokenHeader = 'x-captcha-token';

/** What a page of another origin may send with an upload to S3: the bucket's rule of CORS. Multipart uploads of a container of your own have the last two. */
export const uploadHeaders = ['content-type', 'content-disposition', 'if-none-match', 'content-md5', 'x-amz-*'] as const;

/** Header that a CloudFront Function overwrites with the viewer's address; WAF, rate limits and logs key on it alone. */
export const viewerAddressHeader = 'x-viewer-address';

/** What keys of customers' files begin with in their bucket, and the path under which CloudFront serves them. */
export const customerFilesPrefix = 'files/';

/** What keys of originals of pictures begin with in the bucket of pictures, which the CDN does not serve; and those of what is made of them, which is their path. */
export const picturePrefixes = { originals: 'uploads/', served: 'media/products/' } as const;
