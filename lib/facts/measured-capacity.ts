import facts from './measured-capacity.json';

/** CPU time (µs) of a request: what is likely at the least, and at the most. */
interface CpuMicroseconds {
  readonly careful: number;
  readonly fast: number;
}

/** What `npm run bench` measured of the store's own API, as a Fargate vCPU would take for it. */
export interface MeasuredCapacity {
  readonly cpuMicroseconds: Readonly<Record<'arm' | 'x86', CpuMicroseconds>>;
  readonly sources: readonly string[];
}

export interface CapacitySample {
  /** Of the documents' load test; null: not measured on this machine. */
  readonly cpuMicroseconds: number | null;
  /** Of the published kernel in the same run; null: not measured. */
  readonly kernelMilliseconds: number | null;
}

export const measuredCapacity: MeasuredCapacity = {
  cpuMicroseconds: { arm: onFargate('arm'), x86: onFargate('x86') },
  sources: Object.values(facts.sources).map(({ text }) => text),
};

function onFargate(architecture: 'arm' | 'x86'): CpuMicroseconds {
  return cpuOnFargate(facts.samples, facts.kernelOnAws[architecture], facts.fargateNetworkSpeed);
}

/**
 * A request takes as many kernels on a Fargate vCPU as in the run that measured both. The fast end has the fewest kernels and the fastest
 * published one; the careful end the most, the slowest, and the loss of network work on Fargate, which the kernel does not have.
 * Samples without the kernel say nothing of another machine.
 */
export function cpuOnFargate(
  samples: readonly CapacitySample[],
  kernelOnAws: readonly number[],
  networkSpeed: readonly number[],
): CpuMicroseconds {
  const kernels = samples.flatMap(({ cpuMicroseconds, kernelMilliseconds }) =>
    cpuMicroseconds === null || kernelMilliseconds === null ? [] : [cpuMicroseconds / kernelMilliseconds],
  );
  return {
    careful: Math.round((Math.max(...kernels) * Math.max(...kernelOnAws)) / Math.min(...networkSpeed)),
    fast: Math.round(Math.min(...kernels) * Math.min(...kernelOnAws)),
  };
}
