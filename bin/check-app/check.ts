import { idleConnectionSeconds, stopTimeoutSeconds } from '../../services/contract';
import { LocalError } from '../local/local-error';
import { startBackends } from './backends';
import type { CheckConfig } from './config';
import { requireDocker } from './docker';
import { lookAt } from './look';
import { ownPrograms } from './needs';
import type { Finding, Point } from './point';
import { type Limits, Run } from './run';
import type { StoreOfApp } from './template';

/** As ECS and the load balancer have it; an outage of the database or the cache is shorter than on AWS. */
const defaultLimits: Limits = {
  startSeconds: 60, // the grace period of lib/constructs/api-service.ts
  stopSeconds: stopTimeoutSeconds,
  idleSeconds: idleConnectionSeconds,
  patienceSeconds: 15,
  outageSeconds: 2,
};

export interface CheckProps {
  readonly config: CheckConfig;
  readonly store: StoreOfApp;
  readonly points: readonly Point[];
  readonly limits?: Partial<Limits>;
  /** From images, by Docker. @default false */
  readonly docker?: boolean;
  /** Both outputs of the programs. */
  readonly write: (text: string) => void;
  readonly progress: (text: string) => void;
  readonly onFinding?: (finding: Finding) => void;
}

/** Starts what the app stands on, runs it, looks at the points, and ends all of it. @throws {LocalError} where it cannot be run at all */
export async function checkApp(props: CheckProps): Promise<readonly Finding[]> {
  const { config, store, points, limits, docker = false, write, progress, onFinding = () => undefined } = props;
  if (ownPrograms(store).length === 0)
    throw new LocalError('The store has no program of your own → "app": { "api": { "image": "…" } }');
  if (docker) await requireDocker();
  const backends = await startBackends(store);
  const { healthPaths } = store;
  const run = new Run({
    config,
    app: store,
    backends,
    healthPaths,
    limits: { ...defaultLimits, ...limits },
    docker,
    write,
    progress,
  });
  try {
    return await lookAt(points, run, onFinding);
  } finally {
    await run.stop();
    await backends.stop();
  }
}
