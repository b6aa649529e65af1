/** Days of the periods that figures are kept for ([growth-plan]: a day, a week, a month). Each ends with yesterday, in UTC. */
export const periodDays = [1, 7, 30] as const;

/** Tag of what is cached of the figures. */
export const analyticsTag = 'analytics';

const dayMs = 86_400_000;

/** The first moment of a day, so many days before that of `now` (UTC). */
export const beginningOfDay = (now: Date, daysBefore: number): Date =>
  new Date(Math.floor(now.getTime() / dayMs) * dayMs - daysBefore * dayMs);

/** As PostgreSQL writes a date. */
export const dateOf = (day: Date): string => day.toISOString().slice(0, 10);
