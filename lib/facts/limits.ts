import facts from './limits.json';

/** AWS's limits and a few choices of our own; each entry in `limits.json` carries its source. */
export const limits = facts;
