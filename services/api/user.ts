import * as z from 'zod';
import { time } from '../runtime/forms';
import { id } from './schemas';

/** How a user is told. */
const channels = z
  .array(z.enum(['email', 'in-app']))
  .max(2)
  .refine((names) => new Set(names).size === names.length, 'names a channel twice');

const channelsOf = (email: boolean, inApp: boolean): z.output<typeof channels> => [
  ...(email ? (['email'] as const) : []),
  ...(inApp ? (['in-app'] as const) : []),
];

/** By kind; what is about the account or about money that goes back comes by e-mail in any case. */
export const notificationSettings = z.strictObject({
  orders: channels.meta({ description: 'Of paid, shipped, delivered and cancelled orders' }),
  backInStock: channels.meta({ description: 'Of the wish list' }),
});

export const user = z
  .object({
    id,
    email: z.string(),
    name: z.string().meta({ description: 'Empty: not told' }),
    role: z.enum(['customer', 'admin']),
    orderEmails: z
      .boolean()
      .meta({ description: 'Whether e-mails about orders are wanted; those about the account come in any case' }),
    notifications: notificationSettings.meta({ description: '`orders` has `email` where `orderEmails` is true' }),
    createdAt: time,
  })
  .meta({ id: 'User' });

export interface UserRow extends Omit<z.input<typeof user>, 'createdAt' | 'notifications'> {
  readonly orderInApp: boolean;
  readonly restockEmails: boolean;
  readonly restockInApp: boolean;
  readonly createdAt: Date;
}

export const userColumns = `id, email, name, role, order_emails as "orderEmails", order_in_app as "orderInApp",
  restock_emails as "restockEmails", restock_in_app as "restockInApp", created_at as "createdAt"`;

export const userOfRow = ({ id: userId, email, name, role, orderEmails, createdAt, ...row }: UserRow): z.input<typeof user> => ({
  id: userId,
  email,
  name,
  role,
  orderEmails,
  notifications: {
    orders: channelsOf(orderEmails, row.orderInApp),
    backInStock: channelsOf(row.restockEmails, row.restockInApp),
  },
  createdAt: createdAt.toISOString(),
});
