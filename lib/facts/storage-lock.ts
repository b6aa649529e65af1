/**
 * How RDS shows that it takes no other change of a database's storage; for how long, `changes.json` says.
 * Status and messages: repost.aws/knowledge-center/rds-autoscaling-low-free-storage. A deployment that tries ends in
 * UPDATE_ROLLBACK_FAILED: github.com/aws/aws-cdk issue 29916.
 */
export const storageLock = {
  status: 'storage-optimization',
  /** Message of an event: storage was changed, by a person or by autoscaling. */
  finished: /^finished applying (autoscaling-initiated )?modification to allocated storage/i,
} as const;
