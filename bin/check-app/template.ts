import { isObject } from '../../lib/config/is-object';
import { loadStoreConfig } from '../../lib/config/load-store-config';
import { synthesize } from '../../lib/synthesize';
import { type CloudFormationTemplate, Template } from '../../lib/template/template';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import { healthPaths } from '../../services/contract';
import { LocalError } from '../local/local-error';
import { type ProgramName, type ProgramsOfTemplate, programNames, programsOf } from './programs';

type Settings = Readonly<Record<string, unknown>>;

/** What a store's settings make of an app. */
export interface StoreOfApp extends ProgramsOfTemplate {
  /** Where the load balancer asks for the health of a program. */
  readonly healthPaths: Readonly<Partial<Record<ProgramName, string>>>;
}

/** A store of these settings is synthesised, and its tasks are read. @throws {ConfigError} with every problem of the settings */
export function storeOfApp(settings: Settings, tier: TierName): StoreOfApp {
  const { app, container } = settings;
  const given: Settings = isObject(app) ? app : { api: container };
  const images = new Map(
    programNames.flatMap((name) => {
      const program = given[name];
      return isObject(program) && typeof program['image'] === 'string' ? [[name, program['image']] as const] : [];
    }),
  );
  return {
    ...programsOf(new Template(templateOf(settings, tier)), images),
    healthPaths: { api: pathOf(given['api']), site: pathOf(given['site']) },
  };
}

function pathOf(program: unknown): string {
  const path = isObject(program) ? program['healthPath'] : undefined;
  return typeof path === 'string' ? path : healthPaths.live;
}

function templateOf(settings: Settings, tier: TierName): CloudFormationTemplate {
  return synthesize(loadStoreConfig({ tier, stores: { app: { region: 'us-east-1', ...settings } } }, { now: new Date() }));
}

/** @throws {LocalError} */
export function tierNamed(name: unknown): TierName {
  const found = tierNames.find((known) => known === name);
  if (found === undefined) throw new LocalError(`The size is ${String(name)}; allowed: ${tierNames.join(', ')}`);
  return found;
}
