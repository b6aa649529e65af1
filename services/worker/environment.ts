import * as z from 'zod';
import { environment as names, ports } from '../contract';
import { parse, type ServiceEnvironment, serviceEnvironment, serviceVariables, text, wholeNumber } from '../runtime/environment';

const httpAddress = text.regex(
  /^https?:\/\/[^\s/?#]+(\/[^\s/?#]+)*$/,
  'is no http address without a slash, a query or a # at its end',
);

const schema = z.object({
  ...serviceVariables,
  [names.port]: wholeNumber(0, 65_535).default(ports.worker),
  [names.emailFrom]: text.optional(),
  [names.filesBucket]: text,
  [names.mediaBucket]: text,
  [names.siteUrl]: httpAddress,
  [names.apiUrl]: httpAddress,
});

export interface WorkerEnvironment extends ServiceEnvironment {
  /** Sender of e-mails. @default - none is sent */
  readonly emailFrom: string | undefined;
  /** Without a slash at its end. */
  readonly siteUrl: string;
  /** Of the API, the same. */
  readonly apiUrl: string;
  /** Of customers' files. */
  readonly filesBucket: string;
  /** Of pictures. */
  readonly mediaBucket: string;
  readonly port: number;
}

/** @throws {EnvironmentError} with every problem at once. */
export function readWorkerEnvironment(variables: NodeJS.ProcessEnv = process.env): WorkerEnvironment {
  const values = parse(schema, variables);
  return {
    ...serviceEnvironment(values),
    emailFrom: values.EMAIL_FROM,
    siteUrl: values.SITE_URL,
    apiUrl: values.API_URL,
    filesBucket: values.FILES_BUCKET,
    mediaBucket: values.MEDIA_BUCKET,
    port: values.PORT,
  };
}
