import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface TcpProxy {
  readonly port: number;
  /** Takes connections and bytes and passes none of them on, as a network that loses packets. */
  hang(): void;
  /** Writes of clients since it hangs; those that came at once may count as one. */
  held(): number;
  /** Passes on what was held back, and what comes. */
  resume(): void;
  stop(): Promise<void>;
}

/** In front of a server on loopback, to have it hang and come back with what it was told in the meantime. */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let hanging = false;
  const held: { readonly to: Socket; readonly bytes: Buffer }[] = [];
  let writes = 0;
  const pass = (from: Socket, to: Socket, onHeld: () => void): void => {
    sockets.add(from);
    from.on('data', (bytes) => {
      if (!hanging) to.write(bytes);
      else {
        held.push({ to, bytes });
        onHeld();
      }
    });
    from.on('error', () => undefined); // the close after it tells
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  };
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    pass(client, upstream, () => {
      writes += 1;
    });
    pass(upstream, client, () => undefined);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    hang: () => {
      hanging = true;
      writes = 0;
    },
    held: () => writes,
    resume: () => {
      hanging = false;
      for (const { to, bytes } of held.splice(0)) if (!to.destroyed) to.write(bytes);
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), 'close');
    },
  };
}
