import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from '@readme/openapi-parser';
import { tags } from '../../../services/api/route';
import { routes } from '../../../services/api/routes';
import { apiDocument, operations } from './documented';

describe('the OpenAPI document', () => {
  it('is a valid one', async () => {
    const copy = JSON.parse(JSON.stringify(apiDocument)) as Parameters<typeof validate>[0];
    expect(await validate(copy)).toMatchObject({ valid: true });
  });

  it('has every route of the table, by the name of its file', () => {
    for (const { method, path, operationId } of routes) {
      expect(operations).toContainEqual(expect.objectContaining({ method, path, operationId }));
      const file = `${operationId.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`;
      expect([file, existsSync(join(__dirname, '../../../services/api/routes', file))]).toEqual([file, true]);
    }
  });

  it('has routes and the two questions of health, and no other operation', () => {
    expect(operations).toHaveLength(routes.length + 2);
  });

  it('gives every operation a name of its own, a place and a summary', () => {
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const operation of operations) {
      expect(operation.summary).not.toBe('');
      expect(tags).toContain(operation.tags[0]);
    }
  });

  it('describes every parameter', () => {
    const all = operations.flatMap(({ operationId, parameters = [] }) =>
      parameters.map(({ name, description }) => ({ parameter: `${operationId} ${name}`, description })),
    );
    expect(all.filter(({ description }) => !description)).toEqual([]);
  });

  it('gives numbers in a query as such, with their limits', () => {
    const { parameters } = operations.find(({ operationId }) => operationId === 'listProducts') ?? {};
    expect(parameters).toContainEqual({
      in: 'query',
      name: 'limit',
      description: 'Maximum number of items in a page',
      schema: expect.objectContaining({ type: 'integer', minimum: 1, maximum: 100, default: 20 }),
    });
  });
});
