/** Where a person reads what to do; without an address, the file in the repository. */
export function runbookLink(runbooksUrl: string | undefined, anchor: string): string {
  return `Runbook: ${runbooksUrl ?? 'docs/runbooks.md'}#${anchor}`;
}
