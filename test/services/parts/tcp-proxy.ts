import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface TcpProxy {
  readonly port: number;
  /** Takes connections and bytes and passes none of them on, as a network that loses packets. */
  hang(): void;
  /** Passes on what was held back, and what comes. */
  resume(): void;
  stop(): Promise<void>;
}

/** In front of a server on loopback, to have it hang and come back with what it was told in the meantime. */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let hanging = false;
  const pass = (from: Socket, to: Socket): void => {
    sockets.add(from);
    if (hanging) from.pause();
    from.on('data', (bytes) => to.write(bytes));
    from.on('error', () => undefined); // the close after it tells
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  };
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    pass(client, upstream);
    pass(upstream, client);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    hang: () => {
      hanging = true;
      for (const socket of sockets) socket.pause();
    },
    resume: () => {
      hanging = false;
      for (const socket of sockets) socket.resume();
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), 'close');
    },
  };
}
