import { HttpConnection } from './http-connection';

export interface LoadProps {
  readonly port: number;
  /** Requests under way at once. */
  readonly connections: number;
  readonly requests: number;
  /** The n-th request, counted from 0, as it goes over the wire. */
  readonly request: (n: number) => string;
}

/** Sends so many requests over kept-alive connections. Rejects at the first answer that is not 200. */
export async function sendRequests({ port, connections, requests, request }: LoadProps): Promise<void> {
  const opened = await Promise.all(Array.from({ length: connections }, () => HttpConnection.open(port)));
  let next = 0;
  try {
    await Promise.all(
      opened.map(async (connection) => {
        while (next < requests) {
          const { status, body } = await connection.ask(request(next++));
          if (status !== 200) throw new Error(`Answered ${status} under load: ${body}`);
        }
      }),
    );
  } finally {
    for (const connection of opened) connection.close();
  }
}
