import type { AllowedCase } from './allowed-case';
import { changing, edit, remove, set } from './changed-store';

const target = 'AWS::ApplicationAutoScaling::ScalableTarget';
const api = 'ApiTasks';

const few =
  'Check how many tasks run, and deploy while they are no more than the new maximum: aws ecs describe-services --query services[].runningCount';

/** Large has 4 to 20 tasks of the API. */
export const allowedScaling: readonly AllowedCase[] = [
  {
    change: 'fewer tasks at most than there were at least',
    review: () => changing('large', set(target, { MinCapacity: 2, MaxCapacity: 3 }, api)),
    verdict: 'safe',
    lines: [
      'api restart at most 20 → 3 tasks: AWS stops 1 task or more at once, and 3 tasks of 1 vCPU do the work',
      'api updated 4-20 → 2-3 tasks',
    ],
    before: [few],
  },
  {
    change: 'fewer tasks at most, which may run now',
    review: () => changing('large', set(target, { MaxCapacity: 10 }, api)),
    verdict: 'safe',
    lines: [
      'api restart at most 20 → 10 tasks: AWS stops what runs above that at once, and 10 tasks of 1 vCPU do the work',
      'api updated 4-20 → 4-10 tasks',
    ],
    before: [few],
  },
  {
    change: 'more tasks at most',
    review: () => changing('large', set(target, { MaxCapacity: 30 }, api)),
    verdict: 'safe',
    lines: ['api updated 4-20 → 4-30 tasks'],
  },
  {
    change: 'a service is not scaled any more',
    review: () => changing('large', remove(target, api)),
    verdict: 'safe',
    lines: ['api security-regression a service is no longer scaled: it keeps as many tasks as it has'],
  },
  {
    change: 'scaling is suspended',
    review: () => changing('large', set(target, { SuspendedState: { DynamicScalingOutSuspended: true } }, api)),
    verdict: 'safe',
    lines: ['api security-regression scaling is suspended (DynamicScalingOutSuspended)'],
  },
  {
    change: 'other planned numbers of tasks',
    review: () =>
      changing(
        'large',
        edit(target, (own) => (own.ScheduledActions = []), api),
      ),
    verdict: 'safe',
    lines: ['api updated planned numbers of tasks, such as those of drops; the service keeps what it has until the next one'],
  },
];
