/** KiB of a read or write, as AWS counts a class's IOPS (AWS EC2 user guide, ebs-optimized); PostgreSQL's pages have 8. */
export const kibPerIo = 16;

/** MiB/s that so many IOPS need at the most. */
export function throughputOf(iops: number): number {
  return Math.ceil((iops * kibPerIo) / 1024);
}
