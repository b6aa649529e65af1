import * as z from 'zod';
import { deliveryAddress } from '../../runtime/delivery-address';
import { keyColumn, orderKey } from '../order-key';
import { Problem } from '../problem';
import { route } from '../route';

export const setDeliveryAddress = route({
  method: 'put',
  path: '/api/v1/orders/{orderId}/delivery-address',
  operationId: 'setDeliveryAddress',
  tag: 'Orders',
  summary: 'Where an order goes, until it is shipped',
  access: 'owner',
  limit: 'writes',
  params: z.object({ orderId: orderKey }),
  body: deliveryAddress,
  answers: { 200: { description: 'It goes there', schema: deliveryAddress } },
  problems: ['delivery-address-final'],
  handle: async ({ user, params: { orderId }, body: address }, { database }) => {
    const { rows } = await database.writer.query<{ outcome: 'set' | 'final' | null }>(
      `select set_delivery_address(id, user_id, $3) as outcome from orders where ${keyColumn(orderId)} = $1 and user_id = $2`,
      [orderId, user.id, address],
    );
    const outcome = rows[0]?.outcome ?? 'not-found';
    if (outcome === 'final') throw new Problem('delivery-address-final');
    if (outcome !== 'set') throw new Problem(outcome);
    return { status: 200, body: address };
  },
});
