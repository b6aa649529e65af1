import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface SecretsServer {
  /** For `AWS_ENDPOINT_URL_SECRETS_MANAGER`. */
  readonly endpoint: string;
  /** A new secret: JSON with the role and a password, and what else is given, current since `createdAt`. Gives its ARN. */
  create(role: string, password: string, createdAt?: Date, more?: Readonly<Record<string, string>>): string;
  /** A version's members; undefined where none has the stage. */
  content(arn: string, stage?: string): Readonly<Record<string, string>> | undefined;
  /** Password with a stage; undefined where no version has it. */
  password(arn: string, stage: string): string | undefined;
  /** What a rotation does first: a version that is pending, of the same user. */
  propose(arn: string, password: string): void;
  /** What it does last: the pending version becomes the current one. */
  promote(arn: string): void;
  /** Nobody may call these any more; without any, everybody may everything. */
  deny(...actions: readonly string[]): void;
  /** Every call so far, as `GetSecretValue AWSCURRENT`. */
  readonly calls: readonly string[];
  stop(): Promise<void>;
}

interface Version {
  readonly value: string;
  readonly createdAt: Date;
  readonly stages: Set<string>;
}

interface Call {
  readonly SecretId: string;
  readonly VersionStage?: string;
  readonly VersionStages?: readonly string[];
  readonly ClientRequestToken?: string;
  readonly SecretString?: string;
  readonly MoveToVersionId?: string;
  readonly RemoveFromVersionId?: string;
}

class Refusal extends Error {}

/** As much of Secrets Manager as the store uses, on 127.0.0.1. */
export async function startSecrets(): Promise<SecretsServer> {
  const secrets = new Map<string, Map<string, Version>>();
  const calls: string[] = [];
  let denied: readonly string[] = [];

  const versionsOf = (arn: string): Map<string, Version> => {
    const versions = secrets.get(arn);
    if (!versions) throw new Refusal('ResourceNotFoundException');
    return versions;
  };
  const withStage = (arn: string, stage: string) => [...versionsOf(arn)].find(([, { stages }]) => stages.has(stage));
  const contentOf = (arn: string, stage = 'AWSCURRENT') => {
    const [, version] = withStage(arn, stage) ?? [];
    return version && (JSON.parse(version.value) as Record<string, string>);
  };
  const move = (arn: string, stage: string, to: string): void => {
    for (const { stages } of versionsOf(arn).values()) stages.delete(stage);
    versionsOf(arn).get(to)?.stages.add(stage);
  };
  const put = (
    arn: string,
    value: string,
    stages: readonly string[],
    id: string = randomUUID(),
    createdAt = new Date(),
  ): void => {
    versionsOf(arn).set(id, { value, createdAt, stages: new Set() });
    for (const stage of stages) move(arn, stage, id);
  };
  const actions: Readonly<Record<string, (call: Call) => object>> = {
    GetSecretValue: ({ SecretId, VersionStage = 'AWSCURRENT' }) => {
      const [id, version] = withStage(SecretId, VersionStage) ?? [];
      if (version === undefined) throw new Refusal('ResourceNotFoundException');
      return { ARN: SecretId, VersionId: id, SecretString: version.value, CreatedDate: version.createdAt.getTime() / 1000 };
    },
    PutSecretValue: ({ SecretId, VersionStages = ['AWSCURRENT'], ClientRequestToken = randomUUID(), SecretString = '' }) => {
      put(SecretId, SecretString, VersionStages, ClientRequestToken);
      return { ARN: SecretId, VersionId: ClientRequestToken };
    },
    UpdateSecretVersionStage: ({ SecretId, VersionStage = '', MoveToVersionId = '', RemoveFromVersionId }) => {
      if (withStage(SecretId, VersionStage)?.[0] !== RemoveFromVersionId) throw new Refusal('InvalidParameterException');
      move(SecretId, VersionStage, MoveToVersionId);
      return { ARN: SecretId };
    },
  };

  const server = createServer((request, response) => {
    void json(request).then((body) => {
      const call = body as Call;
      const action = String(request.headers['x-amz-target']).replace('secretsmanager.', '');
      calls.push([action, call.VersionStage].filter((word) => word !== undefined).join(' '));
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      try {
        if (denied.includes(action)) throw new Refusal('AccessDeniedException');
        response.end(JSON.stringify(actions[action]?.(call) ?? {}));
      } catch (error) {
        response
          .writeHead(400)
          .end(JSON.stringify({ __type: error instanceof Refusal ? error.message : 'InternalServiceError' }));
      }
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    create: (username, password, createdAt = new Date(), more = {}) => {
      const arn = `arn:aws:secretsmanager:us-east-1:111122223333:secret:${username}-${secrets.size}`;
      secrets.set(arn, new Map());
      put(arn, JSON.stringify({ username, password, ...more }), ['AWSCURRENT'], undefined, createdAt);
      return arn;
    },
    propose: (arn, password) => put(arn, JSON.stringify({ ...contentOf(arn, 'AWSCURRENT'), password }), ['AWSPENDING']),
    promote: (arn) => move(arn, 'AWSCURRENT', withStage(arn, 'AWSPENDING')?.[0] ?? ''),
    content: contentOf,
    password: (arn, stage) => contentOf(arn, stage)?.password,
    deny: (...refused) => (denied = refused),
    calls,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
