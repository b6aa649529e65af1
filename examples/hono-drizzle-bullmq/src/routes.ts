import { setTimeout as pause } from 'node:timers/promises';
import { zValidator } from '@hono/zod-validator';
import { eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { z } from 'zod';
import type { openCache } from './cache.js';
import type { Database } from './database.js';
import type { openQueue } from './jobs.js';
import { log } from './log.js';
import { placeOrder, readProducts } from './orders.js';
import { orders, products } from './schema.js';

interface Parts {
  readonly database: Database;
  readonly cache: ReturnType<typeof openCache>;
  readonly queue: ReturnType<typeof openQueue>;
}

const newOrder = z.object({ productId: z.int().positive(), quantity: z.int().min(1).max(100) });
const orderId = z.object({ id: z.uuid() });

export function routes({ database, cache, queue }: Parts) {
  const { db } = database;
  const app = new Hono();

  app.onError((error, context) => {
    log.error({ err: error, method: context.req.method, path: context.req.path }, 'request failed');
    return context.json({ error: 'internal error' }, 500);
  });

  // Asks no other part: its outage would replace every task.
  app.get('/healthz', (context) => context.json({ status: 'ok' }));

  app.get('/products', async (context) => context.json(await cache.cached('products', 10, () => readProducts(database))));

  app.post('/orders', zValidator('json', newOrder), async (context) => {
    const order = await placeOrder(database, context.req.valid('json'));
    if (order === undefined) return context.json({ error: 'not in stock' }, 409);
    // The order stands also where Redis is away: the worker finds it in the database.
    await queue.add([order.id]).catch((error: Error) => log.warn(error, 'the order will be confirmed later'));
    return context.json(order, 201);
  });

  app.get('/orders/:id', zValidator('param', orderId), async (context) => {
    const [order] = await db
      .select()
      .from(orders)
      .where(eq(orders.id, context.req.valid('param').id));
    return order === undefined ? context.json({ error: 'no such order' }, 404) : context.json(order);
  });

  // For the check: a request that is under way when the task is stopped, and asks the database after that.
  app.get('/slow', async (context) => {
    await pause(1_000);
    return context.json({ products: await db.$count(products) });
  });

  return app;
}
