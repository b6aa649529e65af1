import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatchLogsClient, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect, listOf, RehearsalError } from './commands';
import { type Emulator, folder } from './emulator';
import { shellOf } from './page';
import { clientOf } from './stack';
import { containerOf } from './task';

const page = 'docs/runbooks.md';

/** What commands of the page find in what the services have written, and what they leave out; the others find nothing. */
const found: readonly { readonly line: string; readonly has?: string; readonly not?: string }[] = [
  { line: 'errors "$(part ApiTasksLogs)"', not: '"level":"info"' },
  { line: 'errors "$(part WorkerTasksLogs)"', has: 'MessageRejected', not: '"level":"info"' },
  { line: '$.message = "A message failed" && $.last IS TRUE', has: '"last":true', not: '"last":false' },
  { line: '$.message = "The cache is*"', has: 'The cache is connected', not: '"message":"Request"' },
  { line: '--log-stream-name-prefix api/migrations', has: '"service":"migrations"', not: '"service":"api"' },
];

/** RDS writes the first, and this store has not the others. */
const elsewhere = ['/aws/rds/', 'DatabasePasswordRotationLogs', 'SiteTasksLogs'];

/** Each `aws logs tail` of the runbooks, over what migrations, API and worker have written. @param emulator with the store whose services ran */
export async function logTails(emulator: Emulator, step: (text: string) => void): Promise<void> {
  const [prelude = '', functions = '', ...blocks] = shellOf(page);
  const all = blocks.flatMap((block) => block.split('\n')).map((line) => line.trim());
  const lines = [...new Set(all)].filter(
    (line) => /^(errors|aws logs tail) /.test(line) && !elsewhere.some((text) => line.includes(text)),
  );
  step(`${page}: ${lines.length} lines with aws logs tail, over what migrations, API and worker have written`);
  await write(emulator);
  const script = lines.map((line, index) => `echo '${mark(index)}'; ${line}`);
  const output = await expect([prelude, functions, ...script].join('\n'), emulator, 0);
  const wrong = lines.flatMap((line, index) =>
    problemOf(line, output.split(`${mark(index)}\n`)[1]?.split(mark(index + 1))[0] ?? ''),
  );
  const unused = found.filter((one) => !lines.some((line) => line.includes(one.line)));
  if (wrong.length + unused.length > 0)
    throw new RehearsalError(
      listOf(`${page} asks logs for something else:`, [...wrong, ...unused.map(({ line }) => `no line ${line}`)]),
    );
}

const mark = (index: number) => `--- ${index}`;

/** @param text what it printed */
function problemOf(line: string, text: string): readonly string[] {
  const wanted = found.find((one) => line.includes(one.line));
  const { has = '', not } = wanted ?? {};
  const isRight = wanted === undefined ? text === '' : text.includes(has) && (not === undefined || !text.includes(not));
  return isRight ? [] : [`${line}: finds ${text || 'nothing'}`];
}

/** As ECS's log driver does it. */
async function write(emulator: Emulator): Promise<void> {
  const client = new CloudWatchLogsClient(clientOf(emulator));
  for (const [task, name] of [
    ['api', 'migrations'],
    ['api', 'api'],
    ['worker', 'worker'],
  ] as const) {
    const { logGroup: logGroupName, logStream: logStreamName } = await containerOf(emulator, task, name);
    const written = readFileSync(join(folder, 'services', `${name}.log`), 'utf8')
      .split('\n')
      .filter(Boolean);
    await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    const logEvents = written.map((message) => ({ message, timestamp: Date.now() }));
    await client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  }
}
