import * as z from 'zod';
import { setDiscount } from '../../catalogue/discount';
import { invalidateCatalogue } from '../../catalogue/invalidate';
import { time } from '../../runtime/forms';
import { endsFirst, Problem } from '../problem';
import { route } from '../route';
import { id, money, percent } from '../schemas';

const productDiscount = z
  .object({
    percent,
    startsAt: time,
    endsAt: time.nullable(),
    price: money.meta({ description: 'What a customer pays now' }),
    listPrice: money.nullable().meta({ description: 'What it was before; null where the discount does not hold now' }),
  })
  .meta({ id: 'ProductDiscount' });

export const putProductDiscount = route({
  method: 'put',
  path: '/api/v1/products/{productId}/discount',
  operationId: 'putProductDiscount',
  tag: 'Products',
  summary: 'Give a product a discount, now or ahead of time, in place of the one that it had',
  access: 'operator',
  limit: 'writes',
  params: z.object({ productId: id }),
  body: z.strictObject({
    percent: percent.meta({ description: 'Off the price, which may change meanwhile', example: 20 }),
    startsAt: time.optional().meta({ description: 'UTC; without it, now. The worker turns the price within seconds' }),
    endsAt: time.nullable().optional().meta({ description: 'UTC; without it, until somebody ends it' }),
  }),
  answers: { 200: { description: 'The discount', schema: productDiscount } },
  problems: ['not-found'],
  handle: async ({ params: { productId }, body: given }, { database, cached, log }) => {
    const startsAt = given.startsAt === undefined ? new Date() : new Date(given.startsAt);
    const endsAt = given.endsAt ? new Date(given.endsAt) : null;
    if (endsAt !== null && endsAt <= startsAt) throw endsFirst();
    const product = await setDiscount(database.writer, productId, { percent: given.percent, startsAt, endsAt });
    if (!product) throw new Problem('not-found');
    await invalidateCatalogue(cached, { productId });
    log.info('An operator gave a product a discount', { productId, percent: given.percent, startsAt, endsAt });
    const { priceMinor, listPriceMinor, currency } = product;
    return {
      status: 200,
      body: {
        percent: given.percent,
        startsAt: startsAt.toISOString(),
        endsAt: endsAt?.toISOString() ?? null,
        price: { amountMinor: priceMinor, currency },
        listPrice: listPriceMinor === null ? null : { amountMinor: listPriceMinor, currency },
      },
    };
  },
});
