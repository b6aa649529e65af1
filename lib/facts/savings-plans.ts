import facts from './savings-plans.json';

/** What AWS takes off for a commitment to an hourly spend, or to a class or node for some years; each entry carries its source. */
export const savingsPlans = facts;

/** What a reservation takes off each family of classes or nodes, such as `db.m8g`; a family that is not listed is not known. */
export type ReservedShares = Readonly<Record<string, number>>;
