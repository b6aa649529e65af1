import { figure } from '../../text/money';
import type { Scope } from '../scope';
import { taskRate } from '../task-rate';
import type { Limit } from '../types';
import { atApi } from './limit-of';

/** Tasks at the minimum, which hold until scaling helps, and at the maximum, which is what the API carries. */
export function apiLimits(scope: Scope): readonly Limit[] {
  const { api } = scope.parts;
  if (!api) return [];
  return [
    tasks('api-tasks-most', 'API tasks at the most', api.most, false, scope),
    tasks('api-tasks-least', 'API tasks before scaling helps', api.least, true, scope),
  ];
}

function tasks(id: string, title: string, count: number, informational: boolean, scope: Scope): Limit {
  const rate = taskRate(scope);
  return atApi(
    {
      id,
      part: 'api',
      title,
      informational,
      value: `${figure(count)} ${count === 1 ? 'task' : 'tasks'}${rate ? `, ${figure(count * rate.value, 0)} requests/s at the API` : ''}`,
      calculation: rate ? `${figure(count)} tasks × ${rate.calculation}` : notMeasured(scope),
      assumptions: rate?.assumptions ?? [],
      sources: rate?.sources ?? [],
    },
    rate && count * rate.value,
    scope,
  );
}

/** Why there is no figure. */
export function notMeasured({ parts: { api }, measured }: Scope): string {
  if (api?.runs !== 'api') return 'what this container carries on a vCPU has not been measured here';
  if (!api.task) return 'the size of its tasks is not in the template';
  return `what the API carries on a vCPU has not been measured: ${measured.source}`;
}
