import { figure, range } from '../../text/money';
import type { Scope } from '../scope';
import { taskRate } from '../task-rate';
import type { Limit } from '../types';
import { taskLimit } from './limit-of';

/** The minimum of tasks, which applies until scaling helps, and the maximum, which is the capacity of the API. */
export function apiLimits(scope: Scope): readonly Limit[] {
  const { api } = scope.parts;
  if (!api) return [];
  const rate = taskRate(scope);
  const atApi = (count: number): string =>
    rate ? `, ${range(count * rate.careful, count * rate.fast, (requests) => figure(requests, 0))} requests/s at the API` : '';
  const value = (count: number): string => `${figure(count)} ${count === 1 ? 'task' : 'tasks'}${atApi(count)}`;
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
