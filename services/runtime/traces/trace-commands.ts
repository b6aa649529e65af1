import type { Cluster, Command, Redis } from 'ioredis';
import type { Traces } from '../traces';

/** Records the commands of a client by their names: keys name sessions and addresses. */
export function traceCommands(client: Redis | Cluster, traces: Traces): void {
  type Send = (command: Command, ...rest: unknown[]) => unknown;
  const send = client.sendCommand.bind(client) as Send;
  const traced: Send = (command, ...rest) => {
    const span = traces.begin(() => {
      const name = command.name.toUpperCase();
      return { name, kind: 'client', attributes: { 'db.system.name': 'redis', 'db.operation.name': name } };
    });
    if (span === undefined) return send(command, ...rest);
    const failed = (error: unknown): void => {
      span.fail(error);
      span.end();
    };
    command.promise.then(() => span.end(), failed);
    return send(command, ...rest);
  };
  client.sendCommand = traced;
}
