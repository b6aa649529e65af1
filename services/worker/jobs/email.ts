import type { Pool, PoolClient } from 'pg';
import * as z from 'zod';
import type { Email, EmailSender } from '../email-sender';
import { type EmailOrder, orderEmail } from '../emails/order-email';
import { wordings } from '../emails/wordings';
import { once } from '../once';
import { type Job, job, MessageError } from './job';

export interface EmailJobParts {
  readonly database: { readonly writer: Pool };
  readonly emails: EmailSender;
}

export type OrderEmailType = keyof typeof wordings;

const messageSchema = z.object({
  id: z.string().min(1),
  type: z.enum(Object.keys(wordings) as OrderEmailType[]),
  orderId: z.uuid(),
});

/** The message of an e-mail about an order, which is sent once however often somebody asks for it. */
export const orderEmailMessage = (type: OrderEmailType, orderId: string): z.output<typeof messageSchema> => ({
  id: `${type}:${orderId}`,
  type,
  orderId,
});

/**
 * Writes to customers. The e-mail goes out as the last thing before the commit of the note that it did, so one that SES refuses is
 * tried again. What remains: a process that is killed, or whose database goes, between SES's answer and that commit sends it a second time,
 * since SES knows no idempotency key.
 */
export const createEmailJob = ({ database, emails }: EmailJobParts): Job =>
  job(messageSchema, async ({ id, type, orderId }, { signal }) => {
    await once(database.writer, { queue: 'email', key: id }, signal, async (client) => {
      const { to, order } = await loadOrder(client, orderId);
      const email: Email = { id, to, ...orderEmail(order, wordings[type]) };
      await emails.send(email);
    });
  });

async function loadOrder(client: PoolClient, id: string): Promise<{ readonly to: string; readonly order: EmailOrder }> {
  const orders = await client.query<Omit<EmailOrder, 'items'> & { readonly email: string }>(
    `select orders.id, users.email, users.name, orders.total_minor as "totalMinor", orders.currency
       from orders join users on users.id = orders.user_id where orders.id = $1`,
    [id],
  );
  const [row] = orders.rows;
  if (!row) throw new MessageError('its order does not exist');
  const items = await client.query<EmailOrder['items'][number]>(
    'select title, quantity, unit_price_minor as "unitPriceMinor" from order_items where order_id = $1 order by title, product_id',
    [id],
  );
  const { email, ...order } = row;
  return { to: email, order: { ...order, items: items.rows } };
}
