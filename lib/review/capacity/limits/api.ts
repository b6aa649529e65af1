import { figure } from '../../text/money';
import type { Scope } from '../scope';
import { taskRate } from '../task-rate';
import type { Limit } from '../types';
import { taskLimit } from './limit-of';

/** The minimum of tasks, which applies until scaling helps, and the maximum, which is the capacity of the API. */
export function apiLimits(scope: Scope): readonly Limit[] {
  const { api } = scope.parts;
  if (!api) return [];
  const rate = taskRate(scope);
  const value = (count: number) =>
    `${figure(count)} ${count === 1 ? 'task' : 'tasks'}${rate ? `, ${figure(count * rate.value, 0)} requests/s at the API` : ''}`;
  const { least, most } = api;
  return [
    taskLimit({ id: 'api-tasks-most', part: 'api', title: 'maximum API tasks', value: value(most) }, most, scope),
    taskLimit(
      { id: 'api-tasks-least', part: 'api', title: 'minimum API tasks', informational: true, value: value(least) },
      least,
      scope,
    ),
  ];
}
