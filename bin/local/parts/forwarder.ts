import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

export interface Forwarder {
  readonly port: number;
  stop(): Promise<void>;
}

export interface ForwarderProps {
  /** Address and port at which it listens. 0: a free port. */
  readonly address: string;
  readonly port: number;
  /** Port of 127.0.0.1 where everything goes. */
  readonly target: number;
  /** It ends TLS by this certificate. @default - bytes go as they come */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer };
}

/** Stands at another address, or with TLS, in front of a server of this machine. A connection that the server refuses is closed. */
export async function startForwarder({ address, port, target, tls }: ForwarderProps): Promise<Forwarder> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined); // the close after it tells
    socket.on('close', () => sockets.delete(socket));
  };
  const take = (client: Socket): void => {
    const upstream = connect(target, '127.0.0.1');
    join(client, upstream);
    join(upstream, client);
  };
  const join = (from: Socket, to: Socket): void => {
    keep(from);
    from.setNoDelay(true).pipe(to);
    from.on('close', () => to.destroy());
  };
  const server: Server = tls === undefined ? createServer(take) : createTlsServer(tls, take);
  server.on('connection', keep); // also those whose TLS has not begun
  await once(server.listen(port, address), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), 'close');
    },
  };
}
