import facts from './savings-plans.json';

/** What AWS takes off for a commitment to an hourly spend, whatever it is used for; each entry carries its source. */
export const savingsPlans = facts;
