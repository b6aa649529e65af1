import { elements, member } from './json';
import { type CloudFormationTemplate, Template } from './template';

/**
 * Region that a template of a store was made for: every container writes its logs there, and it stands in the template as plain text.
 * undefined where no container tells, or not all the same.
 */
export function regionOf(template: CloudFormationTemplate): string | undefined {
  const containers = new Template(template)
    .ofType('AWS::ECS::TaskDefinition')
    .flatMap((one) => elements(one.value('ContainerDefinitions')));
  const regions = containers.map((container) =>
    member(member(member(container, 'LogConfiguration'), 'Options'), 'awslogs-region'),
  );
  const [region, ...others] = new Set(regions.filter((value) => value !== undefined));
  return typeof region === 'string' && others.length === 0 ? region : undefined;
}
