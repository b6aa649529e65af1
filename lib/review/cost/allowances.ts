/** What every account has free of charge each month, without a time limit; offers for new accounts are left out. */
export const allowances = {
  'transfer.internet': { quantity: 100, text: '100 GB', source: 'AWS Price List AWSDataTransfer, 2026-09-16' },
  'cloudfront.out': { quantity: 1024, text: '1 TB', source: 'AWS Price List AmazonCloudFront, 2026-10-03' },
  'cloudfront.requests': { quantity: 10_000_000, text: '10 million', source: 'AWS Price List AmazonCloudFront, 2026-10-03' },
  'cloudfront.functions': { quantity: 2_000_000, text: '2 million', source: 'AWS Price List AmazonCloudFront, 2026-10-03' },
  'sqs.requests': { quantity: 1_000_000, text: '1 million', source: 'AWS Price List AWSQueueService, 2026-09-11' },
  'kms.requests': { quantity: 20_000, text: '20,000', source: 'AWS Price List awskms, 2026-09-11' },
  'logs.ingestion': { quantity: 5, text: '5 GB', source: 'AWS Price List AmazonCloudWatch, 2026-09-22' },
  'cloudwatch.alarms': {
    quantity: 10,
    text: '10',
    source: 'AWS Price List AmazonCloudWatch, 2026-09-22: standard resolution only',
  },
  'cloudwatch.metrics': { quantity: 10, text: '10', source: 'AWS Price List AmazonCloudWatch, 2026-09-22' },
  'cloudwatch.dashboards': { quantity: 3, text: '3', source: 'aws.amazon.com/cloudwatch/pricing: of at most 50 metrics each' },
  'lambda.requests': { quantity: 1_000_000, text: '1 million', source: 'AWS Price List AWSLambda, 2026-10-01' },
  'lambda.duration': { quantity: 400_000, text: '400,000 GB-seconds', source: 'AWS Price List AWSLambda, 2026-10-01' },
} as const satisfies Record<string, { quantity: number; text: string; source: string }>;

export type AllowanceName = keyof typeof allowances;
