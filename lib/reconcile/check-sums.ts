import { bucketNames, type Reconciliation } from './reconcile';

/**
 * Whether all that is shown is all that was read: its USD to the cent and its rows. @returns what differs
 * The file is summed apart from the groups, so that a group that gets lost is seen.
 */
export function sumProblems({ lines, buckets, total }: Reconciliation): readonly string[] {
  const shown = [...lines.map(({ billed }) => billed), ...bucketNames.flatMap((name) => buckets[name])];
  const usd = shown.reduce((sum, row) => sum + row.usd, 0);
  const rows = shown.reduce((sum, row) => sum + row.rows, 0);
  return [
    ...(Math.abs(usd - total.usd) < 0.005
      ? []
      : [`the file bills USD ${total.usd.toFixed(2)}, and USD ${usd.toFixed(2)} are shown`]),
    ...(rows === total.rows ? [] : [`the file has ${total.rows} rows, and ${rows} are shown`]),
  ];
}
