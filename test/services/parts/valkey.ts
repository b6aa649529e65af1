import { startValkey, type ValkeyOptions, type ValkeyPart } from '../../../bin/local/parts/valkey';
import { startValkeyCluster, type ValkeyCluster } from '../../../bin/local/parts/valkey-cluster';
import { howToGetValkey } from '../../../bin/local/parts/valkey-program';

/** A real Valkey; a test without one fails instead of being skipped, which nobody would notice. */
export async function startCache(options: ValkeyOptions = {}): Promise<ValkeyPart> {
  return installed(await startValkey(options));
}

export async function startCacheCluster(): Promise<ValkeyCluster> {
  return installed(await startValkeyCluster());
}

function installed<T>(part: T | undefined): T {
  if (part === undefined) throw new Error(howToGetValkey);
  return part;
}
