import { setTimeout as timer } from 'node:timers/promises';
import type { Pool } from 'pg';
import * as z from 'zod';
import { claimed } from '../claimed';
import { type Email, EmailError, type EmailSender } from '../email-sender';
import { type EmailOrder, orderEmail } from '../emails/order-email';
import { wordings } from '../emails/wordings';
import type { Pause } from '../pace';
import { type Job, job, MessageError } from './job';

export interface EmailJobParts {
  readonly database: { readonly writer: Pool };
  readonly emails: EmailSender;
  /** @default - a timer */
  readonly pause?: Pause;
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

/** ms between two looks at what another worker is at. */
const takenMs = 1_000;

/**
 * Writes to customers. While SES is asked, no transaction is open and no connection is held; whoever has to wait for SES's rate or for
 * another worker's claim keeps the message by its lease alone. What remains: a process that is killed, or whose database goes, between SES's
 * answer and its note sends the e-mail a second time, as does an answer that is lost or comes too late, since SES knows no idempotency key.
 */
export const createEmailJob = ({ database, emails, pause = timer }: EmailJobParts): Job =>
  job(messageSchema, async ({ id, type, orderId }, { signal }) => {
    const { to, order } = await loadOrder(database.writer, orderId);
    const email: Email = { id, to, ...orderEmail(order, wordings[type]) };
    for (;;) {
      await emails.turn(signal);
      const outcome = await claimed(database.writer, { queue: 'email', key: id }, signal, (limited) =>
        emails.send(email, limited),
      ).catch(laterIfThrottled);
      if (outcome === 'taken') await pause(takenMs, undefined, { signal });
      else if (outcome !== 'throttled') return;
    }
  });

/** No failure of the message: it waits for its turn, and its attempts are for others. */
function laterIfThrottled(error: unknown): 'throttled' {
  if (error instanceof EmailError && error.throttled) return 'throttled';
  throw error;
}

async function loadOrder(writer: Pool, id: string): Promise<{ readonly to: string; readonly order: EmailOrder }> {
  const orders = await writer.query<Omit<EmailOrder, 'items'> & { readonly email: string }>(
    `select orders.id, users.email, users.name, orders.total_minor as "totalMinor", orders.currency
       from orders join users on users.id = orders.user_id where orders.id = $1`,
    [id],
  );
  const [row] = orders.rows;
  if (!row) throw new MessageError('its order does not exist');
  const items = await writer.query<EmailOrder['items'][number]>(
    'select title, quantity, unit_price_minor as "unitPriceMinor" from order_items where order_id = $1 order by title, product_id',
    [id],
  );
  const { email, ...order } = row;
  return { to: email, order: { ...order, items: items.rows } };
}
