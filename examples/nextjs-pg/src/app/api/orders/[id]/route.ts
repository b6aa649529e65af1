import { z } from 'zod';
import { database } from '../../../../database';

export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  const { success, data: id } = z.uuid().safeParse((await params).id);
  const order = success ? await database().order.findUnique({ where: { id } }) : null;
  return order === null ? Response.json({ error: 'no such order' }, { status: 404 }) : Response.json(order);
}
