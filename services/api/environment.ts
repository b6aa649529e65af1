import * as z from 'zod';
import { localVariables, environment as names, ports } from '../contract';
import {
  type Endpoint,
  parse,
  type ServiceEnvironment,
  serviceEnvironment,
  serviceVariables,
  text,
  wholeNumber,
} from '../runtime/environment';

const schema = z.object({
  ...serviceVariables,
  [names.port]: wholeNumber(0, 65_535).default(ports.api),
  [localVariables.listenAddress]: text.default('0.0.0.0'),
  [localVariables.rateLimits]: z.literal('named', { error: 'must be "named"' }).optional(),
});

/** @throws {EnvironmentError} with every problem at once. */
export function readApiEnvironment(
  variables: NodeJS.ProcessEnv = process.env,
): ServiceEnvironment & { readonly listen: Endpoint; readonly limitsUnnamed: boolean } {
  const values = parse(schema, variables);
  const listen = { host: values.LISTEN_ADDRESS, port: values.PORT };
  return { ...serviceEnvironment(values), listen, limitsUnnamed: values.RATE_LIMITS !== 'named' };
}
