import { entryPoints, environment } from '../../../services/contract';
import { runningContainers, scalableTarget, type TaskSize, taskRange, taskSize } from '../../template/tasks';
import { elements, type Json, member, type Resource, type Template } from '../../template/template';

/** An ECS service as its template has it. */
export interface ServicePart {
  readonly service: Resource;
  readonly definition: Resource | undefined;
  /** Its scalable target. */
  readonly scaling: Resource | undefined;
  readonly least: number;
  readonly most: number;
  readonly task: TaskSize | undefined;
  /** Connections that a task's pool may open to each database; undefined if the template does not say. */
  readonly pool: number | undefined;
  /** Which of the store's own programs it runs; undefined for a custom container. */
  readonly runs: 'api' | 'worker' | undefined;
}

export function servicePart(service: Resource, template: Template): ServicePart {
  const [least, most] = taskRange(service, template);
  const definition = service.references('TaskDefinition')[0];
  const containers = runningContainers(definition);
  return {
    service,
    definition,
    scaling: scalableTarget(service, template),
    least,
    most,
    task: taskSize(definition),
    pool: containers.map(poolOf).find((pool) => pool !== undefined),
    runs: (['api', 'worker'] as const).find((program) =>
      containers.some((container) => elements(member(container, 'Command')).includes(entryPoints[program])),
    ),
  };
}

/** vCPU of a task that the program uses: it is one Node process, which runs on one. */
export function usedVcpu({ vcpu }: TaskSize): number {
  return Math.min(vcpu, 1);
}

function poolOf(container: Json): number | undefined {
  const variables = elements(member(container, 'Environment'));
  const value = Number(
    member(
      variables.find((one) => member(one, 'Name') === environment.databaseConnections),
      'Value',
    ),
  );
  return value > 0 ? value : undefined;
}
