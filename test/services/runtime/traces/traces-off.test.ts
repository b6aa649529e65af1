import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiVariables, type LocalPlaces, workerVariables } from '../../../../bin/local/environment';
import { entryPoints } from '../../../../services/contract';
import { setUp } from '../../../support/set-up';
import { type Bundle, createBundle } from '../../parts/bundle';
import { nobody, nowhere } from './nowhere';

/** prom-client has the API of OpenTelemetry for exemplars, which the store does not use: it records nothing by itself. */
const modules = /"(node_modules\/@opentelemetry\/(?!api\/)[^"]+|services\/runtime\/traces\/create-traces[^"]*)"\([^)]*\) \{/g;

const services = { api: apiVariables, worker: workerVariables } as const;
let bundle: Bundle;

/** Each module of the bundle that is evaluated when somebody needs it, and not before, says so then. */
setUp(async (started) => {
  bundle = await started.use(createBundle());
  for (const service of Object.keys(services) as (keyof typeof services)[]) {
    const file = join(bundle.folder, entryPoints[service]);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(modules, '$& console.error("evaluated $1");'));
  }
});

async function evaluated(service: keyof typeof services, changes: Partial<LocalPlaces>): Promise<readonly string[]> {
  const running = bundle.start(service, services[service]({ ...nowhere, ...changes }));
  await running.line(service === 'api' ? 'Listening' : 'Polling');
  running.process.kill('SIGKILL');
  await running.exit;
  return [...running.output().matchAll(/^evaluated (?:node_modules\/)?(@[\w-]+\/[\w-]+|.*)/gm)].map(([, module = '']) => module);
}

describe.each(Object.keys(services) as (keyof typeof services)[])('the %s', (service) => {
  it('evaluates nothing of OpenTelemetry where traces are off', async () => {
    expect(await evaluated(service, {})).toEqual([]);
  });

  it('evaluates its SDK where they are on', async () => {
    const found = new Set(await evaluated(service, { tracesUrl: nobody }));
    expect([...found]).toEqual(expect.arrayContaining(['@opentelemetry/sdk-trace', '@opentelemetry/otlp-transformer']));
  });
});
