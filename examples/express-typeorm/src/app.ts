import { setTimeout as pause } from 'node:timers/promises';
import express, { type NextFunction, type Request, type Response } from 'express';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { Order, Product } from './entities.js';
import { log } from './log.js';
import { placeOrder } from './orders.js';
import type { openQueue } from './queue.js';

interface Parts {
  readonly primary: DataSource;
  readonly replica: DataSource;
  readonly queue: ReturnType<typeof openQueue>;
}

const newOrder = z.object({ productId: z.int().positive(), quantity: z.int().min(1).max(100) });

export function createApp({ primary, replica, queue }: Parts) {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json());

  // Asks no other part: its outage would replace every task.
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });

  app.get('/products', async (_request, response) => {
    response.json(await replica.getRepository(Product).find({ order: { id: 'asc' } }));
  });

  app.post('/orders', async (request, response) => {
    const { success, data, error } = newOrder.safeParse(request.body);
    if (!success) return response.status(400).json({ error: z.prettifyError(error) });
    const order = await placeOrder(primary, data);
    if (order === undefined) return response.status(409).json({ error: 'not in stock' });
    // The order stands also where SQS is away: the worker finds it in the database.
    await queue.send(order.id).catch((reason: Error) => log.warn(reason, 'the order will be confirmed later'));
    return response.status(201).json(order);
  });

  // From the primary: a replica may not have yet what somebody has just ordered.
  app.get('/orders/:id', async (request, response) => {
    const { success, data: id } = z.uuid().safeParse(request.params.id);
    const order = success ? await primary.getRepository(Order).findOneBy({ id }) : null;
    return order === null ? response.status(404).json({ error: 'no such order' }) : response.json(order);
  });

  // For the check: a request that is under way when the task is stopped, and asks the database after that.
  app.get('/slow', async (_request, response) => {
    await pause(1_000);
    response.json({ products: await primary.getRepository(Product).count() });
  });

  app.use((error: Error & { status?: number }, request: Request, response: Response, _next: NextFunction) => {
    const { status = 500 } = error; // below 500 where the body cannot be read
    if (status >= 500) log.error({ err: error, method: request.method, path: request.path }, 'request failed');
    response.status(status).json({ error: status < 500 ? error.message : 'internal error' });
  });

  return app;
}
