import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueAttributesCommand, PurgeQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { CloudFormationTemplate } from '../lib/template/template';
import type { Emulator } from './emulator';
import { clientOf } from './stack';

/** Something put into a resource, which is to be found there again. */
interface Probe {
  /** What is there now, as text. */
  readonly read: () => Promise<string>;
  readonly put: string;
}

export interface Probes {
  /** Puts something into each resource that can hold it and has nothing yet. @param names physical, by logical ID */
  readonly put: (template: CloudFormationTemplate, names: ReadonlyMap<string, string>) => Promise<void>;
  /** What is no longer as it was put; empty: all of it is. What was removed is left to the review, which has to name it. */
  readonly missing: (names: ReadonlyMap<string, string>) => Promise<readonly string[]>;
  readonly size: () => number;
  /** Takes the messages out again, which the worker would read. */
  readonly drain: (names: ReadonlyMap<string, string>) => Promise<void>;
}

/** Messages are counted and not received: after a few receives they would be dead letters. */
export function createProbes(emulator: Emulator): Probes {
  const sqs = new SQSClient(clientOf(emulator));
  const secrets = new SecretsManagerClient(clientOf(emulator));
  const puts: Readonly<Record<string, (name: string) => Promise<Probe>>> = {
    'AWS::SQS::Queue': async (QueueUrl) => {
      const fifo = QueueUrl.endsWith('.fifo') && { MessageGroupId: 'probe', MessageDeduplicationId: 'probe' };
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'probe', ...fifo }));
      const read = async () => {
        const { Attributes = {} } = await sqs.send(
          new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
        );
        return `${Attributes['ApproximateNumberOfMessages']} messages`;
      };
      return { read, put: '1 messages' };
    },
    'AWS::S3::Bucket': async (bucket) => {
      const url = `${emulator.url}/${bucket}/probe`;
      await fetch(url, { method: 'PUT', body: bucket });
      return { read: async () => (await fetch(url)).text(), put: bucket };
    },
    'AWS::SecretsManager::Secret': async (SecretId) => {
      const read = async () => (await secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString ?? '';
      return { read, put: await read() };
    },
  };
  const probes = new Map<string, Probe>();
  return {
    put: async ({ Resources = {} }, names) => {
      for (const [id, { Type }] of Object.entries(Resources)) {
        const [put, name] = [puts[Type], names.get(id)];
        if (put !== undefined && name !== undefined && !probes.has(id)) probes.set(id, await put(name));
      }
    },
    missing: async (names) => {
      const found: string[] = [];
      for (const [id, { read, put }] of probes) {
        if (!names.has(id)) probes.delete(id);
        else {
          const is = await read().catch(String);
          if (is !== put) found.push(`${id} (${names.get(id)}) had ${put} and has ${is.slice(0, 200)}`);
        }
      }
      return found;
    },
    size: () => probes.size,
    drain: async (names) => {
      for (const id of probes.keys()) {
        const name = names.get(id) ?? '';
        if (name.startsWith('http')) await sqs.send(new PurgeQueueCommand({ QueueUrl: name }));
      }
    },
  };
}
