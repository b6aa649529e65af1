import * as z from 'zod';
import { captchaProviders } from '../../services/contract';
import { isOrigin } from './origins';
import { flag, hints, list, oneOf, text } from './schemas';
import { secretArn } from './secret-arn';

export const corsOrigins = list(
  text(
    'an origin as a browser sends it is allowed: https, a host name, a port other than 443; http for localhost alone',
    'https://www.example.com',
    isOrigin,
  ),
  { from: 0, to: 20, what: 'origins', example: ['https://www.example.com'] },
).describe(
  "Origins whose pages may call the API with its cookie (CORS), beside the store's own. One outside the domain's hosted zone makes the session's cookie one of other sites: docs/decisions/30-challenge-and-cors.md.",
);

/** The provider's key may stand in its place: it is not repeated. */
const captcha = z
  .strictObject({
    provider: oneOf(captchaProviders, 'turnstile').describe('Cloudflare Turnstile or hCaptcha'),
    secretArn: secretArn.describe('the complete ARN of the secret whose JSON has the `secretKey` of the provider'),
  })
  .register(hints, { hidden: true });

export const protection = z
  .strictObject({
    challenge: flag().describe(
      "AWS WAF lets registration, log-in, password reset and check-out (`challengedPaths` in services/contract.ts) through only for browsers that have passed its silent challenge. The front end must load AWS's script first: docs/front-end.md",
    ),
    captcha: captcha.describe(
      'the same routes ask for the token of a captcha that you bring, and the API has its provider judge it: docs/front-end.md',
    ),
  })
  .exactPartial();
