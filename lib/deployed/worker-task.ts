import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  type ECSClient,
  RunTaskCommand,
  type Service,
  type Task,
} from '@aws-sdk/client-ecs';
import { entryPoints, environment } from '../../services/contract';
import { callAws as callForCommand } from '../../services/runtime/aws-error';
import { DeployedError } from './deployed-error';
import type { StackName } from './failures';
import { listStackResources } from './stack-resources';

/** Rights of whoever runs a task; `iam:PassRole` is for the two roles of the worker's tasks. */
const actions = [
  'cloudformation:ListStackResources',
  'ecs:DescribeServices',
  'ecs:DescribeTaskDefinition',
  'ecs:DescribeTasks',
  'ecs:RunTask',
  'iam:PassRole',
] as const;

const callAws = <Answer>(action: (typeof actions)[number], region: string, call: () => Promise<Answer>): Promise<Answer> =>
  callForCommand(DeployedError, { action, region, needs: actions }, call);

export interface TaskClients {
  readonly cloudFormation: CloudFormationClient;
  readonly ecs: ECSClient;
}

/** The worker of a deployed store, whose containers a task of its own has. */
export interface DeployedWorker extends StackName {
  readonly service: Service;
  /** Where the shop's pages are, without a slash at its end. */
  readonly siteUrl: string;
  /** Where its migrations' program finds files of an import. @default - its release is older, and imports nothing */
  readonly filesBucket: string | undefined;
}

/** @throws DeployedError where there is no such stack, or nothing in it that could run the task */
export async function findWorker({ cloudFormation, ecs }: TaskClients, names: StackName): Promise<DeployedWorker> {
  const { region } = names;
  const resources = await listStackResources(cloudFormation, names, callAws);
  const arn = resources.find(
    ({ LogicalResourceId = '', ResourceType }) => ResourceType === 'AWS::ECS::Service' && LogicalResourceId.startsWith('Worker'),
  )?.PhysicalResourceId;
  const [, cluster] = arn?.split('/') ?? [];
  if (arn === undefined || cluster === undefined)
    throw noWorker(names, 'it has no worker: is it a store, and deployed to its end?');
  const { services } = await callAws('ecs:DescribeServices', region, () =>
    ecs.send(new DescribeServicesCommand({ cluster, services: [arn] })),
  );
  const service = services?.find(({ status }) => status === 'ACTIVE');
  if (service === undefined) throw noWorker(names, 'its worker is gone: deploy the store again');
  const { taskDefinition } = await callAws('ecs:DescribeTaskDefinition', region, () =>
    ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: service.taskDefinition })),
  );
  const containerOf = (container: string) => taskDefinition?.containerDefinitions?.find(({ name }) => name === container);
  const valueOf = (container: string, variable: string): string | undefined =>
    containerOf(container)?.environment?.find(({ name }) => name === variable)?.value;
  if (containerOf('worker')?.command?.includes(entryPoints.worker) !== true)
    throw noWorker(names, 'its worker is one of your own (app.worker), and only the store’s has the program for it');
  const siteUrl = valueOf('worker', environment.siteUrl);
  if (siteUrl === undefined) throw noWorker(names, 'its release is older than this command: deploy this one first');
  return { ...names, service, siteUrl, filesBucket: valueOf('migrations', environment.filesBucket) };
}

const noWorker = ({ region, stack }: StackName, reason: string): DeployedError =>
  new DeployedError('refused', `${stack} in ${region} cannot run the task: ${reason}`);

export interface Watching {
  /** Resolves after so many ms. */
  readonly pause: (ms: number) => Promise<unknown>;
  readonly step: (text: string) => void;
  /** What else is told at each look at a task that runs. */
  readonly whileRunning?: () => Promise<void>;
  /** After which it is given up. @default 10 - of which a task takes one or two; an assumption */
  readonly minutes?: number;
}

/** ms between two looks: an assumption. */
const lookEveryMs = 3_000;

/**
 * Runs the migrations' program once with these arguments, where the worker runs and with its rights. Gives its exit code.
 * @throws DeployedError where it did not run to its end
 */
export async function runInWorkerTask(
  ecs: ECSClient,
  { service, region }: DeployedWorker,
  args: readonly string[],
  { pause, step, whileRunning, minutes = 10 }: Watching,
): Promise<number> {
  const { clusterArn: cluster, taskDefinition, networkConfiguration } = service;
  const { tasks = [], failures = [] } = await callAws('ecs:RunTask', region, () =>
    ecs.send(
      new RunTaskCommand({
        cluster,
        taskDefinition,
        networkConfiguration,
        launchType: 'FARGATE',
        overrides: {
          containerOverrides: [
            { name: 'migrations', command: ['node', entryPoints.migrations, ...args] },
            { name: 'worker', command: ['node', '--version'] }, // starts after the other one, and reads no queue
          ],
        },
      }),
    ),
  );
  const arn = tasks[0]?.taskArn;
  if (arn === undefined) throw notRun(failures.map(({ reason }) => reason).join(', ') || 'ECS gives no reason');
  for (let leftMs = minutes * 60_000; leftMs > 0; leftMs -= lookEveryMs) {
    await pause(lookEveryMs);
    // ECS may not know it yet right after it was started.
    const { tasks: [task] = [] } = await callAws('ecs:DescribeTasks', region, () =>
      ecs.send(new DescribeTasksCommand({ cluster, tasks: [arn] })),
    );
    if (task?.lastStatus === 'STOPPED') return exitCodeOf(task);
    if (task?.lastStatus === 'RUNNING' && whileRunning) await whileRunning();
    else step(`The task is ${task?.lastStatus ?? 'PROVISIONING'}`);
  }
  throw notRun(`it has not ended after ${minutes} minutes; look at ${arn}`);
}

function exitCodeOf({ containers, stoppedReason }: Task): number {
  const container = containers?.find(({ name }) => name === 'migrations');
  if (container?.exitCode === undefined) throw notRun(container?.reason ?? stoppedReason ?? 'ECS gives no reason');
  return container.exitCode;
}

const notRun = (reason: string): DeployedError => new DeployedError('refused', `The task did not run to its end: ${reason}`);
