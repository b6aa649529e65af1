import { figure, range } from '../text/money';
import { appMeasurement } from './assumptions';
import { assumed, type Scope } from './scope';
import { usedVcpu } from './service-part';
import type { Limit, Range } from './types';

/** Requests per second of one API task, with the calculation. */
interface TaskRate extends Range, Pick<Limit, 'calculation' | 'assumptions' | 'sources'> {}

/**
 * With all its CPU, or with the share that the documents allow. undefined for a task whose size is not in the template, and for a
 * custom container without a measurement of its own.
 */
export function taskRate(scope: Scope, upTo: 'all' | 'warning' = 'warning'): TaskRate | undefined {
  const { api } = scope.parts;
  const micros = api?.task && cpuMicroseconds(scope);
  if (!micros) return undefined;

  const share = upTo === 'warning' ? assumed('cpuShare', scope) : 1;
  const vcpu = usedVcpu(api.task);
  const rate = (each: number): number => (vcpu * share * 1e6) / each;
  return {
    careful: rate(micros.careful),
    fast: rate(micros.fast),
    calculation: [
      `${figure(vcpu)} vCPU${vcpu < api.task.vcpu ? ` (of ${figure(api.task.vcpu)}: counted as one process)` : ''}`,
      `1,000,000 µs ÷ ${range(micros.careful, micros.fast, (each) => figure(each, 0))} µs a request`,
      ...(upTo === 'warning' ? [`${figure(share)} (CPU at the warning)`] : []),
    ].join(' × '),
    assumptions: ['apiCpuMicroseconds', ...(upTo === 'warning' ? (['cpuShare'] as const) : [])],
    sources: micros.sources,
  };
}

/** CPU time of a request: the caller's own measurement, which holds for any container, or the benchmark's. */
export function cpuMicroseconds({ parts, assume, measured }: Scope): (Range & Pick<Limit, 'sources'>) | undefined {
  const { api } = parts;
  const own = assume.apiCpuMicroseconds;
  if (own !== undefined) return { careful: own, fast: own, sources: ['--assume apiCpuMicroseconds'] };
  if (!api?.task) return undefined;
  const { measuredMicroseconds } = parts;
  if (api.runs !== 'api')
    return measuredMicroseconds === undefined
      ? undefined
      : { careful: measuredMicroseconds, fast: measuredMicroseconds, sources: [appMeasurement] };
  return { ...measured.cpuMicroseconds[api.task.architecture], sources: measured.sources };
}
