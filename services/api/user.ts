import * as z from 'zod';
import { time } from '../runtime/forms';
import { id } from './schemas';

export const user = z
  .object({
    id,
    email: z.string(),
    name: z.string().meta({ description: 'Empty: not told' }),
    role: z.enum(['customer', 'admin']),
    orderEmails: z
      .boolean()
      .meta({ description: 'Whether e-mails about orders are wanted; those about the account come in any case' }),
    createdAt: time,
  })
  .meta({ id: 'User' });

export interface UserRow extends Omit<z.input<typeof user>, 'createdAt'> {
  readonly createdAt: Date;
}

export const userColumns = 'id, email, name, role, order_emails as "orderEmails", created_at as "createdAt"';

export const userOfRow = ({ id: userId, email, name, role, orderEmails, createdAt }: UserRow): z.input<typeof user> => ({
  id: userId,
  email,
  name,
  role,
  orderEmails,
  createdAt: createdAt.toISOString(),
});
