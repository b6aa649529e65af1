import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Distance {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * A way to a server of 127.0.0.1 that takes so many ms in each direction, as one between two zones does: whoever keeps a lock from one
 * question to the next keeps it for that long.
 */
export async function distanceTo(port: number, ms: number): Promise<Distance> {
  const sockets = new Set<Socket>();
  const carry = (from: Socket, to: Socket): void => {
    sockets.add(from.setNoDelay(true).on('error', () => to.destroy()));
    from.on('data', (chunk) => setTimeout(() => to.write(chunk), ms));
    from.on('close', () => setTimeout(() => to.destroy(), ms));
  };
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    carry(near, far);
    carry(far, near);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), 'close');
    },
  };
}
