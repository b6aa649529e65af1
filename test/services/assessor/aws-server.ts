import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { type Clients, createClients } from '../../../services/assessor/clients';

/** AWS JSON 1.0 as CloudWatch, the query protocol as RDS and REST as CloudFront, as the pinned clients speak them; on loopback. */
export interface AwsServer {
  readonly url: string;
  /** Every request, oldest first. */
  readonly requests: AwsRequest[];
  readonly clients: (region?: string) => Clients;
  readonly stop: () => Promise<void>;
}

export interface AwsRequest {
  /** `GET /v2/email/account` where the protocol is REST. */
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** That the request was signed for. */
  readonly region: string;
}

export interface Answer {
  readonly status?: number;
  readonly body: string;
}

export type Answering = (request: AwsRequest, earlier: readonly AwsRequest[]) => Answer;

export async function startAws(answer: Answering): Promise<AwsServer> {
  const requests: AwsRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const text = (incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString();
      const target = incoming.headers['x-amz-target'];
      const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(incoming.headers.authorization ?? '')?.[1] ?? '';
      const place = `${incoming.method} ${incoming.url}`;
      const request = typeof target === 'string' ? jsonRequest(target, text, region) : queryRequest(text, region, place);
      const { status = 200, body } = answer(request, [...requests]);
      requests.push(request);
      outgoing.writeHead(status, { 'content-type': typeof target === 'string' ? 'application/x-amz-json-1.0' : 'text/xml' });
      outgoing.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, requests, clients: (region = 'us-east-1') => clientsOf(url, region), stop: () => stop(server) };
}

/** The project's own clients with as many attempts, and no pause between two. */
function clientsOf(endpoint: string, region: string): Clients {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return createClients({ region, endpoint, credentials, retryStrategy: new ConfiguredRetryStrategy(6, () => 0) });
}

export const json = (value: unknown, status = 200): Answer => ({ status, body: JSON.stringify(value) });

/** An error as CloudWatch tells it. */
export const jsonError = (name: string, message = 'no', status = 400): Answer =>
  json({ __type: `com.amazonaws#${name}`, message }, status);

export const xmlError = (code: string, status = 400): Answer => ({
  status,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
});

export interface Database {
  readonly class: string;
  readonly storage: number;
  readonly replicas?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
}

export function databases(...all: readonly Database[]): Answer {
  const one = ({ class: name, storage, replicas = [], tags = {} }: Database) =>
    [
      '<DBInstance>',
      `<DBInstanceClass>${name}</DBInstanceClass><AllocatedStorage>${storage}</AllocatedStorage>`,
      '<ReadReplicaDBInstanceIdentifiers>',
      ...replicas.map((id) => `<ReadReplicaDBInstanceIdentifier>${id}</ReadReplicaDBInstanceIdentifier>`),
      '</ReadReplicaDBInstanceIdentifiers><TagList>',
      ...Object.entries(tags).map(([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`),
      '</TagList></DBInstance>',
    ].join('');
  const result = `<DescribeDBInstancesResult><DBInstances>${all.map(one).join('')}</DBInstances></DescribeDBInstancesResult>`;
  return { body: `<DescribeDBInstancesResponse>${result}</DescribeDBInstancesResponse>` };
}

function jsonRequest(target: string, text: string, region: string): AwsRequest {
  return { action: target.split('.')[1] ?? '', input: JSON.parse(text) as Record<string, unknown>, region };
}

function queryRequest(text: string, region: string, place: string): AwsRequest {
  const { Action = place, ...input } = Object.fromEntries(new URLSearchParams(text));
  return { action: Action, input, region };
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve())); // it may have been stopped before
}
