import { SQSClient } from '@aws-sdk/client-sqs';
import { queueNames, queues, stopTimeoutSeconds } from '../contract';
import { environmentOrExit, readWorkerEnvironment } from '../environment';
import { stopGracefully } from '../graceful-stop';
import { createLogger } from '../logger';
import { jobs } from './jobs/registry';
import { QueueConsumer } from './queue-consumer';

/** Seconds for jobs under way to finish; what remains of the stop timeout gives the rest back. */
const finishSeconds = stopTimeoutSeconds - 15;

const log = createLogger('worker');
const { region, queueUrls } = environmentOrExit(readWorkerEnvironment, log);
const client = new SQSClient({
  region,
  // A receive is held open for 20 s; one that takes longer than 30 is lost.
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
});

const consumers = queueNames.map(
  (queue) =>
    new QueueConsumer({
      client,
      url: queueUrls[queue],
      contract: queues[queue],
      job: jobs[queue],
      log: createLogger(`worker.${queue}`),
    }),
);
const polling = consumers.map((consumer) => consumer.run());
log.info('Polling', { queues: queueNames });

stopGracefully({
  log,
  limitSeconds: stopTimeoutSeconds - 5,
  stop: async () => {
    await Promise.all(consumers.map((consumer) => consumer.stop(finishSeconds * 1000)));
    await Promise.all(polling);
    client.destroy();
  },
});
