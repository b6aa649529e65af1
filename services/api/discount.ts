import * as z from 'zod';
import type { DiscountCode } from '../orders/discount-codes';
import { currency, largestPaymentMinor, time } from '../runtime/forms';
import { discountCode as code, id, money, percent, positiveMinorUnits } from './schemas';

const uses = z.int().min(1).max(1_000_000).nullable();

/** What an operator may change of a code; what it takes off stays as it was promised. */
export const discountCodeChange = z.strictObject({
  startsAt: time.optional(),
  endsAt: time.nullable().optional().meta({ description: 'UTC; null: it does not end by itself' }),
  mostUses: uses.optional().meta({ description: 'Orders in all, also those that wait for their payment; null: any number' }),
  mostPerCustomer: uses.optional().meta({ description: 'Orders of one customer; null: any number' }),
});

export const newDiscountCode = z
  .strictObject({
    ...discountCodeChange.shape,
    code,
    percent: percent.optional().meta({ description: 'Off the whole cart; instead of `amount`' }),
    amount: z
      .strictObject({ amountMinor: positiveMinorUnits.max(largestPaymentMinor - 1), currency })
      .optional()
      .meta({ description: 'Off the whole cart; instead of `percent`' }),
    minimumMinor: positiveMinorUnits
      .max(largestPaymentMinor)
      .optional()
      .meta({ description: 'What a cart must be worth, in the currency’s smallest unit; more than `amount`' }),
  })
  .refine((given) => (given.percent === undefined) !== (given.amount === undefined), {
    path: ['percent'],
    message: 'is given with `amount`, or neither is: give one of them',
  })
  .refine((given) => given.minimumMinor === undefined || given.minimumMinor > (given.amount?.amountMinor ?? 0), {
    path: ['minimumMinor'],
    message: 'must be more than `amount.amountMinor`, so that something is left to pay',
  });

export const discountCode = z
  .object({
    id,
    code,
    percent: percent.nullable(),
    amount: money.nullable(),
    minimumMinor: positiveMinorUnits,
    startsAt: time,
    endsAt: time.nullable(),
    mostUses: uses,
    mostPerCustomer: uses,
    uses: z.int().min(0).meta({ description: 'Orders with it that were not cancelled' }),
    createdAt: time,
  })
  .meta({ id: 'DiscountCode' });

export const discountCodeOf = ({
  amountMinor,
  currency: ofCurrency,
  startsAt,
  endsAt,
  createdAt,
  ...same
}: DiscountCode): z.input<typeof discountCode> => ({
  ...same,
  amount: amountMinor === null || ofCurrency === null ? null : { amountMinor, currency: ofCurrency },
  startsAt: startsAt.toISOString(),
  endsAt: endsAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
});
