import { pino } from 'pino';

/** One JSON object a line, for CloudWatch Logs. */
export const log = pino();
