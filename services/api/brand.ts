import { named } from './schemas';

export const brand = named.meta({ id: 'Brand' });
