import { DescribeServicesCommand, type ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import type { Logger } from '../runtime/logger';

/** A service of ECS whose container was handed its password when its tasks started. */
export interface HandedPassword {
  readonly cluster: string;
  readonly service: string;
}

export interface RestartProps {
  readonly client: ECSClient;
  readonly handed: HandedPassword;
  /** When the password came about that it should have. */
  readonly since: Date;
  readonly log: Logger;
}

/** Replaces the service's tasks, one after the other, where they are older than their password; so a night that failed is made up for. */
export async function restartIfOlder({ client, handed: { cluster, service }, since, log }: RestartProps): Promise<void> {
  const { services } = await client.send(new DescribeServicesCommand({ cluster, services: [service] }));
  const deployed = services?.[0]?.deployments?.find(({ status }) => status === 'PRIMARY')?.createdAt;
  if (deployed === undefined) throw new Error(`The service ${service} has no deployment: its tasks may have an old password`);
  if (deployed >= since) return;
  await client.send(new UpdateServiceCommand({ cluster, service, forceNewDeployment: true }));
  log.info('Replacing the tasks that have the old password', { service });
}
