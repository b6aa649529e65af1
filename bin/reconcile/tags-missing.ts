/** What activates the tags: docs.aws.amazon.com/cli/latest/reference/ce/update-cost-allocation-tags-status.html, read on 2026-11-30. */
const activate =
  'aws ce update-cost-allocation-tags-status --cost-allocation-tags-status TagKey=store,Status=Active TagKey=part,Status=Active';

/** @param problem what the file has instead, without a full stop */
export function tagsMissing(problem: string): string {
  return [
    `${problem}, so nothing tells which rows are of a store.`,
    'Activate the tags, in the account that pays, and export again a day later:',
    `  ${activate}`,
    'Rows of before have no tags: aws ce start-cost-allocation-tag-backfill fills them in.',
  ].join('\n');
}
