import type { TraceSettings, Traces } from '../traces';
import type { TracesProps } from './create-traces';

/** undefined where traces are off: then nothing of OpenTelemetry is evaluated, which `test/services/runtime/traces/traces-off.test.ts` holds. */
export function startTraces(
  settings: TraceSettings | undefined,
  props: Omit<TracesProps, keyof TraceSettings>,
): Traces | undefined {
  if (settings === undefined) return undefined;
  const { createTraces } = require('./create-traces') as typeof import('./create-traces');
  return createTraces({ ...settings, ...props });
}
