import facts from './changes.json';

/** How long AWS's changes interrupt and what it refuses; each entry of `changes.json` carries its source, or says that it is assumed. */
export const changeFacts = facts;
