import { DescribeServicesCommand, type ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import type { Logger } from '../runtime/logger';

/** A service of ECS whose containers are handed the URLs of a role when its tasks start. */
export interface HandedPassword {
  readonly role: string;
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
export async function restartIfOlder({ client, handed, since, log }: RestartProps): Promise<void> {
  const { cluster, service } = handed;
  const { primary } = await deploymentsOf(client, handed);
  if (primary >= since) return;
  await client.send(new UpdateServiceCommand({ cluster, service, forceNewDeployment: true }));
  log.info('Replacing the tasks that have the old password', { service });
}

/** Whether a task may run that started before `since`, and so with what there was then. */
export async function mayRunOlder({ client, handed, since }: Omit<RestartProps, 'log'>): Promise<boolean> {
  const { primary, others } = await deploymentsOf(client, handed);
  return primary < since || others.some(({ runningCount = 1 }) => runningCount > 0);
}

async function deploymentsOf(client: ECSClient, { cluster, service }: HandedPassword) {
  const { services } = await client.send(new DescribeServicesCommand({ cluster, services: [service] }));
  const deployments = services?.[0]?.deployments ?? [];
  const primary = deployments.find(({ status }) => status === 'PRIMARY')?.createdAt;
  if (primary === undefined) throw new Error(`The service ${service} has no deployment: its tasks may have an old password`);
  return { primary, others: deployments.filter(({ status }) => status !== 'PRIMARY') };
}
