/** Metrics that the assessor writes into the store's namespace, without dimensions. */
export const assessorMetrics = {
  score: 'Score',
  /** Percent of the score's weights whose parts are known. */
  confidence: 'Confidence',
  /** CloudFront writes into us-east-1 alone: what it tells there, told again in the store's region. */
  cdnErrorRate: 'CdnErrorRate',
  cdnCertificateDaysToExpiry: 'CdnCertificateDaysToExpiry',
} as const;

export const metricNamespace = (store: string): string => `Store/${store}`;

/** Tag of the primary database that holds the store's size. */
export const tierTag = 'tier';
