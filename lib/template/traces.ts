import { environment } from '../../services/contract';
import { elements, member, scalar, type Template } from './template';

/** Of how many requests API and worker keep a trace, in percent: the larger of what the two are given; undefined where none makes spans. */
export function sampledPercent(template: Template): number | undefined {
  const shares = template.ofType('AWS::ECS::TaskDefinition').flatMap((definition) =>
    definition
      .list('ContainerDefinitions')
      .flatMap((container) => elements(member(container, 'Environment')))
      .filter((variable) => member(variable, 'Name') === environment.tracesSampledPercent)
      .map((variable) => {
        const percent = Number(scalar(member(variable, 'Value')) ?? Number.NaN);
        if (Number.isNaN(percent)) template.note({ resource: definition.id, property: environment.tracesSampledPercent });
        return Number.isNaN(percent) ? 0 : percent; // of what only AWS knows the least is counted, and it is named
      }),
  );
  return shares.length > 0 ? Math.max(...shares) : undefined;
}
