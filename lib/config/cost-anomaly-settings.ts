import * as z from 'zod';
import { amount, text } from './schemas';

/** A fifth of the month's budget: what is left of it when the budget itself first warns, at 80%. */
const usualShareOfBudget = 0.2;

/** USD from which a store tells of an anomaly that says no more. @param budgetUsd of a month */
export const usualFromUsd = (budgetUsd: number): number => Math.max(1, Math.round(budgetUsd * usualShareOfBudget));

export const costAnomalies = z
  .strictObject({
    fromUsd: amount({ from: 1, to: 1_000_000, example: 20, unit: 'USD' }).describe(
      'the extra cost of an anomaly from which it is told; by default a fifth of the monthly budget',
    ),
    monitorArn: text(
      'the ARN of a monitor of AWS Cost Anomaly Detection is allowed',
      'arn:aws:ce::111122223333:anomalymonitor/12345678-1234-1234-1234-123456789012',
      /^arn:aws:ce::\d{12}:anomalymonitor\/[\w-]{1,100}$/,
    ).describe(
      'a monitor that the account has already, in place of one of its own for the tag `store`; a member account of an organization has no other way',
    ),
  })
  .exactPartial();
