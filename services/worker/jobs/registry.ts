import type { QueueName } from '../../contract';
import { type AnalyticsJobParts, createAnalyticsJob } from './analytics';
import { createEmailJob, type EmailJobParts } from './email';
import { recordEvent } from './event';
import type { Job } from './job';
import { createPaymentsJob, type PaymentJobParts } from './payments';

/** Which job handles the messages of which queue. */
export const createJobs = (parts: EmailJobParts & PaymentJobParts & AnalyticsJobParts): Readonly<Record<QueueName, Job>> => ({
  email: createEmailJob(parts),
  notifications: recordEvent,
  payments: createPaymentsJob(parts),
  analytics: createAnalyticsJob(parts),
});
