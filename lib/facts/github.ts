import facts from './github.json';

/** What GitHub's workflows and its API allow; each entry of `github.json` carries its source. */
export const githubFacts = facts;
