import { z } from 'zod';
import { database } from '../../../database';

const orderRequest = z.object({ productId: z.int().positive(), quantity: z.int().min(1).max(100) });

export async function POST(request: Request) {
  const { success, data, error } = orderRequest.safeParse(await request.json().catch(() => undefined));
  if (!success) return Response.json({ error: z.prettifyError(error) }, { status: 400 });
  const { productId, quantity } = data;
  const order = await database().$transaction(async (transaction) => {
    const { count } = await transaction.product.updateMany({
      where: { id: productId, stock: { gte: quantity } },
      data: { stock: { decrement: quantity } },
    });
    return count === 0 ? undefined : transaction.order.create({ data });
  });
  if (order === undefined) return Response.json({ error: 'not in stock' }, { status: 409 });
  return Response.json(order, { status: 201 });
}
