import * as z from 'zod';
import { captchaProviders, localVariables, environment as names, ports } from '../contract';
import { type CdnLinkSettings, linkKey } from '../runtime/cdn-links';
import {
  type Endpoint,
  loopbackOnly,
  parse,
  refuse,
  type ServiceEnvironment,
  serviceEnvironment,
  serviceVariables,
  text,
  wholeNumber,
} from '../runtime/environment';
import type { CaptchaSettings } from './captcha';
import type { CorsSettings } from './parts';

const schema = z.object({
  ...serviceVariables,
  [names.port]: wholeNumber(0, 65_535).default(ports.api),
  [localVariables.listenAddress]: text.default('0.0.0.0'),
  [localVariables.rateLimits]: z.literal('named', { error: 'must be "named"' }).optional(),
  [names.corsOrigins]: z
    .string()
    .default('')
    .transform((value) => value.split(',').filter((origin) => origin !== ''))
    .refine((origins) => origins.every((origin) => URL.parse(origin)?.origin === origin), 'is not a list of origins'),
  [names.captchaProvider]: z.enum(captchaProviders, { error: `must be one of ${captchaProviders.join(', ')}` }).optional(),
  [names.captchaSecretKey]: text.optional(),
  [localVariables.captchaApi]: z.url('is not a URL').optional(),
  [names.filesBucket]: text,
  [names.mediaBucket]: text,
  [names.signingKeyId]: text.optional(),
  [names.signingKey]: text
    .transform(linkKey)
    .refine((key) => key !== undefined, 'is no private key in PEM, RSA of 2048 bits or ECDSA P-256')
    .optional(),
  [names.filesUrl]: z.url('is not a URL').optional(),
  [names.corsOtherSites]: z.enum(['true', 'false'], { error: 'must be "true" or "false"' }).default('false'),
});

interface ApiEnvironment extends ServiceEnvironment {
  readonly listen: Endpoint;
  /** undefined where the store asks for no captcha. */
  readonly captcha: CaptchaSettings | undefined;
  readonly cors: CorsSettings;
  readonly filesBucket: string;
  readonly mediaBucket: string;
  /** undefined where S3 signs the links to files. */
  readonly cdnLinks: CdnLinkSettings | undefined;
  /** Whether requests that do not name their viewer count, all as one. */
  readonly limitsUnnamed: boolean;
}

/** @throws {EnvironmentError} with every problem at once. */
export function readApiEnvironment(variables: NodeJS.ProcessEnv = process.env): ApiEnvironment {
  const values = parse(schema, variables);
  const { CAPTCHA_PROVIDER: provider, CAPTCHA_SECRET_KEY: secretKey, CAPTCHA_API_URL: captchaApi } = values;
  const api = captchaApi === undefined ? undefined : new URL(captchaApi);
  const { FILES_SIGNING_KEY_ID: keyId, FILES_SIGNING_KEY: privateKey, FILES_URL: url } = values;
  const ofLinks = [keyId, privateKey, url].filter((value) => value !== undefined).length;
  refuse([
    ...((provider === undefined) === (secretKey === undefined)
      ? []
      : [`${names.captchaProvider} and ${names.captchaSecretKey} must be set together: set both or neither`]),
    ...loopbackOnly(localVariables.captchaApi, api),
    ...(ofLinks === 0 || ofLinks === 3
      ? []
      : [`${names.signingKeyId}, ${names.signingKey} and ${names.filesUrl} must be set together: set all or none`]),
  ]);
  return {
    ...serviceEnvironment(values),
    listen: { host: values.LISTEN_ADDRESS, port: values.PORT },
    captcha: provider === undefined || secretKey === undefined ? undefined : { provider, secretKey, api },
    cors: { origins: values.CORS_ORIGINS, otherSites: values.CORS_OTHER_SITES === 'true' },
    filesBucket: values.FILES_BUCKET,
    mediaBucket: values.MEDIA_BUCKET,
    cdnLinks: keyId === undefined || privateKey === undefined || url === undefined ? undefined : { keyId, privateKey, url },
    limitsUnnamed: values.RATE_LIMITS !== 'named',
  };
}
