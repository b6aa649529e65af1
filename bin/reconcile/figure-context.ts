import type { FigureContext } from '../../lib/reconcile/usage-figures';
import type { CostLine } from '../../lib/review/cost/bill';
import { sourceQueues } from '../../lib/template/queues';
import { taskSize } from '../../lib/template/tasks';
import { type CloudFormationTemplate, Template } from '../../lib/template/template';

/** What the figures of a bill are read with, from the store's template. */
export function figureContext(
  source: CloudFormationTemplate,
  lines: readonly CostLine[],
  usage: FigureContext['usage'],
): FigureContext {
  const template = new Template(source);
  const sizes = template
    .ofType('AWS::ECS::Service')
    .map((service) => [service.tag('part') ?? '', taskSize(service.references('TaskDefinition')[0])?.vcpu] as const);
  const inspected = lines.find(({ priceKeys }) => priceKeys.includes('waf.requests'))?.assumptions;
  return {
    usage,
    taskVcpu: Object.fromEntries(sizes),
    queues: sourceQueues(template).length,
    inspected: inspected?.find((name) => name === 'cdnRequests' || name === 'apiRequests'),
  };
}
