import * as z from 'zod';
import { named } from './schemas';

export const brand = named.extend({ description: z.string(), logo: z.string().nullable() }).meta({ id: 'Brand' });
