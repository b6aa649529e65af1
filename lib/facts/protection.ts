import facts from './protection.json';

/** What AWS promises and does by itself where a template says nothing; each entry of `protection.json` carries its source. */
export const protectionFacts = facts;
