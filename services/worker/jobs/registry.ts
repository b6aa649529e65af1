import type { QueueName } from '../../contract';
import { analytics } from './analytics';
import { recordEvent } from './event';
import type { Job } from './job';

/** Which job handles the messages of which queue. */
export const jobs: Readonly<Record<QueueName, Job>> = {
  email: recordEvent,
  notifications: recordEvent,
  payments: recordEvent,
  analytics,
};
