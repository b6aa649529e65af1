import * as z from 'zod';
import { environment as names, storeNamePattern } from '../contract';
import { parse, text } from '../runtime/environment';

export interface AssessorEnvironment {
  readonly store: string;
  readonly region: string;
  /** USD a month. */
  readonly budgetUsd: number;
  /** What to tell again in the store's region; undefined where there is nothing. */
  readonly cdn: { readonly distributionId: string | undefined; readonly certificateArn: string | undefined } | undefined;
}

const schema = z.object({
  [names.store]: text.regex(storeNamePattern, "is not a store's name"),
  [names.region]: text,
  [names.budgetUsd]: z.coerce.number().positive('is not an amount of USD'),
  [names.cdnDistributionId]: text.regex(/^E[A-Z0-9]+$/, 'is not the id of a distribution').optional(),
  [names.cdnCertificateArn]: text.regex(/^arn:[\w-]+:acm:us-east-1:/, 'is not a certificate in us-east-1').optional(),
});

/** @throws {EnvironmentError} with every problem at once. */
export function readAssessorEnvironment(variables: NodeJS.ProcessEnv = process.env): AssessorEnvironment {
  const {
    STORE_NAME: store,
    AWS_REGION: region,
    BUDGET_USD: budgetUsd,
    CDN_DISTRIBUTION_ID: distributionId,
    CDN_CERTIFICATE_ARN: certificateArn,
  } = parse(schema, variables);
  const cdn = distributionId === undefined && certificateArn === undefined ? undefined : { distributionId, certificateArn };
  return { store, region, budgetUsd, cdn };
}
