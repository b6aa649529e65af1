/** Failures in a row after which S3 is away, and the round ends. */
const mostFailures = 3;

export interface RemoveRowsProps<Row> {
  /** Rows that `take` gives at the most. */
  readonly batch: number;
  readonly take: () => Promise<readonly Row[]>;
  readonly remove: (row: Row) => Promise<void>;
  readonly failed: (row: Row, error: unknown) => void;
}

/** Removes what rows stand for until no more are due, S3 is away, or it is to stop. */
export async function removeRows<Row>({ batch, take, remove, failed }: RemoveRowsProps<Row>, signal: AbortSignal): Promise<void> {
  let taken = batch;
  let failures = 0;
  while (taken === batch && failures < mostFailures && !signal.aborted) {
    const rows = await take();
    taken = rows.length;
    for (const row of rows) {
      if (failures >= mostFailures || signal.aborted) break;
      try {
        await remove(row);
        failures = 0;
      } catch (error) {
        failures += 1;
        failed(row, error);
      }
    }
  }
}
