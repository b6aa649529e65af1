import type { QueueName } from '../../contract';
import { type AnalyticsJobParts, createAnalyticsJob } from './analytics';
import { createEmailJob, type EmailJobParts } from './email';
import type { Job } from './job';
import { createNotificationsJob, type NotificationJobParts } from './notifications';
import { createPaymentsJob, type PaymentJobParts } from './payments';

/** Which job handles the messages of which queue. */
export const createJobs = (
  parts: EmailJobParts & NotificationJobParts & PaymentJobParts & AnalyticsJobParts,
): Readonly<Record<QueueName, Job>> => ({
  email: createEmailJob(parts),
  notifications: createNotificationsJob(parts),
  payments: createPaymentsJob(parts),
  analytics: createAnalyticsJob(parts),
});
