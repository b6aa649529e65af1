import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface FakeRedis {
  readonly port: number;
  /** Every AUTH so far as `user token`. */
  readonly logins: readonly string[];
  /** Resolves when there were so many. */
  loggedIn(times: number): Promise<void>;
  /** Cuts every connection. */
  cut(): void;
  stop(): Promise<void>;
}

/**
 * Says what a Redis says to a client that logs in and pings. A stand-in: no package brings the real one without a
 * download. It shows when the client logs in, not that ElastiCache takes the token.
 */
export async function startFakeRedis(): Promise<FakeRedis> {
  const logins: string[] = [];
  const sockets = new Set<Socket>();
  const waiting: { readonly times: number; readonly resolve: () => void }[] = [];
  const replies: Readonly<Record<string, (args: readonly string[]) => string>> = {
    PING: () => '+PONG\r\n',
    INFO: () => '$9\r\nloading:0\r\n',
    AUTH: (args) => {
      logins.push(args.join(' '));
      for (const { times, resolve } of waiting) if (logins.length >= times) resolve();
      return '+OK\r\n';
    },
  };
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.on('data', (chunk) => {
      for (const [name = '', ...args] of commandsIn(chunk.toString())) {
        socket.write(replies[name.toUpperCase()]?.(args) ?? '+OK\r\n');
      }
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    port: (server.address() as AddressInfo).port,
    logins,
    loggedIn: (times) =>
      logins.length >= times ? Promise.resolve() : new Promise((resolve) => waiting.push({ times, resolve })),
    cut,
    stop: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Arrays of bulk strings, as clients send commands; small enough here to come in one piece. */
function commandsIn(text: string): string[][] {
  const parts = text.split('\r\n');
  const commands: string[][] = [];
  for (let at = 0; parts[at]?.startsWith('*'); ) {
    const length = Number(parts[at]?.slice(1));
    commands.push(Array.from({ length }, (_, index) => parts[at + 2 + index * 2] ?? ''));
    at += 1 + length * 2;
  }
  return commands;
}
