import * as z from 'zod';
import { localVariables, environment as names } from '../contract';
import { parse, type ServiceEnvironment, serviceEnvironment, serviceVariables, text } from '../runtime/environment';

/** By SES from this sender; to the log; or nowhere, since the store has no sender. */
export type EmailDelivery = { readonly by: 'ses'; readonly from: string } | { readonly by: 'log' } | { readonly by: 'nobody' };

const schema = z.object({
  ...serviceVariables,
  [names.emailFrom]: text.optional(),
  [localVariables.emailTo]: z.literal('log', { error: 'must be "log"' }).optional(),
});

/** @throws {EnvironmentError} with every problem at once. */
export function readWorkerEnvironment(
  variables: NodeJS.ProcessEnv = process.env,
): ServiceEnvironment & { readonly email: EmailDelivery } {
  const values = parse(schema, variables);
  return { ...serviceEnvironment(values), email: emailDelivery(values.EMAIL_TO, values.EMAIL_FROM) };
}

function emailDelivery(to: 'log' | undefined, from: string | undefined): EmailDelivery {
  if (to === 'log') return { by: 'log' };
  return from === undefined ? { by: 'nobody' } : { by: 'ses', from };
}
