import { environment } from '../../services/contract';
import type { Program, ProgramsOfTemplate } from './programs';

/** What the variables of an app's own programs ask for. */
export interface Needs {
  readonly database: { readonly byPassword: boolean; readonly replicas: boolean } | undefined;
  readonly cache: { readonly byPassword: boolean; readonly cluster: boolean; readonly user: string } | undefined;
  readonly jobsCache: boolean;
}

/** Of caches with a password. */
export const cacheUser = 'store-app';

export function ownPrograms({ programs }: ProgramsOfTemplate): readonly Program[] {
  return [...programs.values()].filter(({ own }) => own);
}

export function needsOf(app: ProgramsOfTemplate): Needs {
  const own = ownPrograms(app);
  const has = (name: string): boolean => own.some((program) => program.environment.has(name));
  const hasSecret = (name: string): boolean => own.some((program) => program.secrets.includes(name));
  const literal = (name: string): string | undefined => own.map((program) => program.environment.get(name)).find(Boolean);
  return {
    database:
      has(environment.databaseHost) || has(environment.databaseDirectHost)
        ? {
            byPassword: hasSecret(environment.databaseUrl) || hasSecret(environment.databasePassword),
            replicas: own.some((program) => readsReplicas(program)),
          }
        : undefined,
    cache: has(environment.cacheHost)
      ? {
          byPassword: hasSecret(environment.redisUrl),
          cluster: literal(environment.cacheClusterMode) === 'true',
          user: hasSecret(environment.redisUrl) ? cacheUser : (literal(environment.cacheUser) ?? cacheUser),
        }
      : undefined,
    jobsCache: hasSecret(environment.jobsRedisUrl),
  };
}

/** The variable is empty where the size has no replica. */
function readsReplicas({ environment: variables }: Program): boolean {
  return variables.has(environment.databaseReaderHosts) && variables.get(environment.databaseReaderHosts) !== '';
}
