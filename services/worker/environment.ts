import * as z from 'zod';
import { localVariables, environment as names, ports } from '../contract';
import { parse, type ServiceEnvironment, serviceEnvironment, serviceVariables, text, wholeNumber } from '../runtime/environment';

/** By SES from this sender; to the log; or nowhere, since the store has no sender. */
export type EmailDelivery = { readonly by: 'ses'; readonly from: string } | { readonly by: 'log' } | { readonly by: 'nobody' };

const schema = z.object({
  ...serviceVariables,
  [names.port]: wholeNumber(0, 65_535).default(ports.worker),
  [names.emailFrom]: text.optional(),
  [localVariables.emailTo]: z.literal('log', { error: 'must be "log"' }).optional(),
});

/** @throws {EnvironmentError} with every problem at once. */
export function readWorkerEnvironment(
  variables: NodeJS.ProcessEnv = process.env,
): ServiceEnvironment & { readonly email: EmailDelivery; readonly port: number } {
  const values = parse(schema, variables);
  return { ...serviceEnvironment(values), email: emailDelivery(values.EMAIL_TO, values.EMAIL_FROM), port: values.PORT };
}

function emailDelivery(to: 'log' | undefined, from: string | undefined): EmailDelivery {
  if (to === 'log') return { by: 'log' };
  return from === undefined ? { by: 'nobody' } : { by: 'ses', from };
}
