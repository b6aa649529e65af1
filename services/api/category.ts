import * as z from 'zod';
import { id, named } from './schemas';

export const category = named.extend({ description: z.string(), parentId: id.nullable() }).meta({ id: 'Category' });
