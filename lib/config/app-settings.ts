import * as z from 'zod';
import { fargateCpus } from '../facts/fargate-sizes';
import { limits } from '../facts/limits';
import { needs } from './app-config';
import { amount, flag, list, named, oneNumberOf, oneOf, text, whole } from './schemas';
import { secretArn } from './secret-arn';

/** The programs of a store that somebody brings: `app`, and `container`, which it replaces. */

const reference =
  /^[a-z0-9][a-zA-Z0-9._-]*(:\d{1,5})?(\/[a-z0-9][a-z0-9._-]*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}(@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})$/;

/** Also for `servicesImage` and `--context imageUri=`. A tag that moves would make two deployments of one commit differ. */
export const imageSchema = text(
  'an image with its digest or with a tag other than latest is allowed, so that a deployment can be repeated',
  '111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2',
  (uri) => reference.test(uri) && !/:latest(@|$)/.test(uri),
);

const variableName = text(
  'a letter, then letters, digits and underscores are allowed',
  'LOG_LEVEL',
  /^[A-Za-z][A-Za-z0-9_]{0,127}$/,
);

const argumentsOf = (example: readonly string[]) =>
  list(text('text is allowed', example[0] ?? '', /^[^\0]+$/), { from: 1, to: 100, what: 'arguments', example });

const variables = {
  environment: named(variableName, text('text is allowed', 'info', /^/), {
    what: 'environment variables',
    example: { LOG_LEVEL: 'info' },
  })
    .exactOptional()
    .describe('plain environment variables'),
  secrets: named(variableName, secretArn, {
    what: 'secrets',
    example: { PAYMENT_KEY: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:payments-AbCdEf' },
  })
    .exactOptional()
    .describe('environment variables from Secrets Manager: name to ARN'),
};

const server = {
  port: whole({ from: 1, to: 65_535, example: 8080 }).exactOptional().describe('the port that it listens on'),
  healthPath: text('a path that starts with / is allowed', '/health', /^\/[\w!$&'()*+,./:;=@~%?-]{0,1023}$/)
    .exactOptional()
    .describe('the path that answers 200 while it is healthy'),
};

const program = (command: readonly string[]) => ({
  image: imageSchema.describe('the image, built for ARM64'),
  command: argumentsOf(command).exactOptional().describe("what it starts, in place of the image's own command"),
  needs: list(oneOf(needs, 'database'), { from: 0, to: needs.length, what: 'needs', example: ['database', 'cache'] })
    .exactOptional()
    .describe('which parts of the store it uses: it gets their variables, rights and network, and no others'),
  ...variables,
  writableFolders: list(text('a path that starts with / is allowed', '/tmp', /^(\/[\w.@-]+)+$/), {
    from: 0,
    to: 10,
    what: 'folders',
    example: ['/tmp'],
  })
    .exactOptional()
    .describe('folders that it may write to, each empty when a task starts; the rest of its disk is read-only'),
});

const size = {
  cpu: oneNumberOf(fargateCpus, 1024).exactOptional().describe('CPU units of a task; 1024 are one vCPU'),
  memoryMiB: whole({ from: 512, to: 122_880, example: 2048, unit: 'MiB' }).exactOptional().describe('memory of a task'),
  minTasks: whole({ from: 1, to: limits.ecsTasksPerService.most, example: 2, unit: 'tasks' })
    .exactOptional()
    .describe('minimum number of tasks'),
  maxTasks: whole({ from: 1, to: limits.ecsTasksPerService.most, example: 6, unit: 'tasks' })
    .exactOptional()
    .describe('maximum number of tasks'),
};

/** In place of a program: the store's own, or none. */
const storesOrNone = oneOf(['store', 'none'], 'store');

export const app = z
  .strictObject({
    api: z
      .strictObject({
        ...program(['node', 'dist/api.js']),
        ...server,
        rendersSite: flag()
          .exactOptional()
          .describe('whether it renders the site too: the CDN then sends it every path but those of pictures and files'),
      })
      .describe("your API in place of the store's"),
    worker: z
      .union([
        storesOrNone,
        z.strictObject({
          ...program(['node', 'dist/worker.js']),
          healthCommand: argumentsOf(['node', 'dist/healthy.js'])
            .exactOptional()
            .describe('what ECS runs in its container every 30 s: 0 while it is healthy'),
        }),
      ])
      .describe('`"store"`, `"none"`, or your worker'),
    migrations: z
      .union([storesOrNone, z.strictObject(program(['node', 'dist/migrate.js']))])
      .describe('`"store"`, `"none"`, or what brings your own schema up to date before each of the API\'s tasks starts'),
    site: z
      .strictObject({ ...program(['node', 'server.js']), ...server, ...size })
      .describe('a front end that renders on the server, behind the CDN in place of the bucket of the site'),
  })
  .exactPartial();

export const appCapacity = z.strictObject({
  cpuMicroseconds: amount({ from: 1, to: 1e7, example: 850, unit: 'µs' }).describe('CPU time of a request to your API'),
  measuredOn: text('a date is allowed', '2026-11-30', /^20\d\d-(0[1-9]|1[0-2])-([0-2]\d|3[01])$/).describe(
    'when it was measured',
  ),
});

export const container = z.strictObject({
  image: imageSchema.exactOptional().describe('the image, built for ARM64'),
  ...server,
  ...variables,
});
