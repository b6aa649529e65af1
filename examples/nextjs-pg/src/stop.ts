import { subscribe } from 'node:diagnostics_channel';
import type { Server } from 'node:http';

/**
 * At SIGTERM Next.js answers what is under way and closes its server, but waits for connections that are kept alive until they have been
 * idle for KEEP_ALIVE_TIMEOUT. Here they end as soon as they are idle.
 */
export function closeIdleConnectionsAtStop(): void {
  const servers = new Set<Server>();
  subscribe('http.server.request.start', (message) => servers.add((message as { server: Server }).server));
  process.once('SIGTERM', () => {
    setInterval(() => {
      for (const server of servers) server.closeIdleConnections();
    }, 100);
  });
}
