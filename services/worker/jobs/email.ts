import { setTimeout as timer } from 'node:timers/promises';
import type { Pool } from 'pg';
import * as z from 'zod';
import { accountEmailTypes } from '../../accounts/account-emails';
import { restockNews } from '../../orders/news';
import { claimed } from '../claimed';
import { EmailError, type EmailSender } from '../email-sender';
import { composeAccountEmail } from '../emails/compose-account';
import { composeOrderEmail } from '../emails/compose-order';
import { composeRestockEmail } from '../emails/compose-restock';
import type { Composed } from '../emails/composed';
import { type OrderEmailType, orderWordings } from '../emails/order-wordings';
import type { Pause } from '../pace';
import { type Job, job } from './job';

export interface EmailJobParts {
  readonly database: { readonly writer: Pool };
  readonly emails: EmailSender;
  /** Of the shop's pages, without a slash at its end. */
  readonly siteUrl: string;
  /** Of the API, the same. */
  readonly apiUrl: string;
  /** @default - a timer */
  readonly pause?: Pause;
}

const orderMessageSchema = z.object({
  id: z.string().min(1),
  type: z.enum(Object.keys(orderWordings) as OrderEmailType[]),
  orderId: z.uuid(),
  /** Of `refund`. */
  refundId: z.string().min(1).optional(),
});
type OrderEmailMessage = z.output<typeof orderMessageSchema>;

const restockMessageSchema = z.object({ id: z.string().min(1), type: z.literal(restockNews), notificationId: z.uuid() });

const messageSchema = z.discriminatedUnion('type', [
  orderMessageSchema,
  restockMessageSchema,
  z.object({ id: z.uuid(), type: z.enum(accountEmailTypes) }),
]);

/** The message of an e-mail about an order, which is sent once however often somebody asks for it. */
export const orderEmailMessage = (type: Exclude<OrderEmailType, 'refund'>, orderId: string): OrderEmailMessage => ({
  id: `${type}:${orderId}`,
  type,
  orderId,
});

/** The same of one of an order's refunds. */
export const refundEmailMessage = (orderId: string, refundId: string): OrderEmailMessage => ({
  id: `refund:${refundId}`,
  type: 'refund',
  orderId,
  refundId,
});

/** The same of a notification that a product can be bought again. */
export const restockEmailMessage = (notificationId: string): z.output<typeof restockMessageSchema> => ({
  id: `${restockNews}:${notificationId}`,
  type: restockNews,
  notificationId,
});

/** ms between two looks at what another worker is at. */
const takenMs = 1_000;

/**
 * Writes to customers. While SES is asked, no transaction is open and no connection is held; whoever has to wait for SES's rate or for
 * another worker's claim keeps the message by its lease alone. What remains: a process that is killed, or whose database goes, between SES's
 * answer and its note sends the e-mail a second time, as does an answer that is lost or comes too late, since SES knows no idempotency key.
 */
export const createEmailJob = ({ database: { writer }, emails, siteUrl, apiUrl, pause = timer }: EmailJobParts): Job => {
  const composed = (message: z.output<typeof messageSchema>): Promise<Composed> => {
    if ('orderId' in message) return composeOrderEmail(writer, message);
    if ('notificationId' in message) return composeRestockEmail(writer, { siteUrl, apiUrl }, message.notificationId);
    return composeAccountEmail(writer, siteUrl, message);
  };
  return job(messageSchema, async (message, { log, signal, requestId }) => {
    const { id, type } = message;
    const send = async (limited: AbortSignal): Promise<void> => {
      const email = await composed(message);
      if (email.to === undefined) log.info('An e-mail is for nobody', { id, type, reason: email.reason });
      else await emails.send({ id, requestId, ...email }, limited);
    };
    for (;;) {
      await emails.turn(signal);
      const outcome = await claimed(writer, { queue: 'email', key: id }, signal, send).catch(laterIfThrottled);
      if (outcome === 'taken') await pause(takenMs, undefined, { signal });
      else if (outcome !== 'throttled') return;
    }
  });
};

/** No failure of the message: it waits for its turn, and its attempts are for others. */
function laterIfThrottled(error: unknown): 'throttled' {
  if (error instanceof EmailError && error.throttled) return 'throttled';
  throw error;
}
