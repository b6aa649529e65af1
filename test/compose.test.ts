import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readApiEnvironment } from '../services/api/environment';
import { ports, queueNames, queues, workerHealthCommand } from '../services/contract';
import { readMigrationsEnvironment } from '../services/migrations/environment';
import { readWorkerEnvironment } from '../services/worker/environment';

const text = readFileSync(join(__dirname, '../compose.yaml'), 'utf8');

/** The variables that API, worker and migrations share; no parser of YAML is needed for a list of names and values. */
const shared = Object.fromEntries(
  [...(/environment: &variables\n((?: {4}\w+: .*\n)+)/.exec(text)?.[1] ?? '').matchAll(/(\w+): '?(.*?)'?\n/g)].map(
    ([, name, value]) => [name, value],
  ),
);

interface Queue {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
}
const created = (JSON.parse(/content: \|\n(\s*\{\n[^]*?\n {6}\})\n/.exec(text)?.[1] ?? '') as { queues: readonly Queue[] })
  .queues;

describe('compose.yaml', () => {
  it('gives API, worker and migrations an environment that fits', () => {
    expect(readApiEnvironment(shared).database.readers).toEqual([{ host: '127.0.0.1', port: 5433 }]);
    const [, siteUrl, apiUrl] = /DATABASE_USER: store_worker, SITE_URL: '(.*)', API_URL: '(.*)' }/.exec(text) ?? [];
    expect(readWorkerEnvironment({ ...shared, SITE_URL: siteUrl, API_URL: apiUrl }).emailFrom).toBeUndefined();
    expect(readMigrationsEnvironment(shared).database.direct.port).toBe(5432);
  });

  it('asks the worker for its health as the stack does, at a port that is not the API’s', () => {
    const check = /test:\n {8}- CMD\n {8}- node\n {8}- -e\n {8}- >-\n {10}(.*)\n {10}(.*)\n/.exec(text);
    expect(['node', '-e', `${check?.[1]} ${check?.[2]}`]).toEqual(workerHealthCommand);
    expect(text).toContain("PORT: '8081', DATABASE_USER: store_worker");
    expect(shared['PORT']).toBe(String(ports.api));
  });

  it.each(queueNames)('makes the queue %s as the contract has it, and names it to the services', (queue) => {
    const { fifo, attempts, visibilitySeconds } = queues[queue];
    const suffix = fifo ? '.fifo' : '';
    const attributes = created.find(({ name }) => name === `${queue}${suffix}`)?.attributes ?? {};
    const redrive = JSON.parse(attributes['RedrivePolicy'] ?? '{}') as { deadLetterTargetArn: string; maxReceiveCount: number };

    expect([attributes['FifoQueue'], attributes['VisibilityTimeout']]).toEqual([
      fifo ? 'true' : undefined,
      String(visibilitySeconds),
    ]);
    expect(redrive.maxReceiveCount).toBe(attempts);
    expect(created.map(({ name }) => name)).toContain(redrive.deadLetterTargetArn.split(':').at(-1));
    expect(shared[`QUEUE_${queue.toUpperCase()}_URL`]).toBe(`http://127.0.0.1:4566/000000000000/${queue}${suffix}`);
  });
});
