import { id, named } from './schemas';

export const category = named.extend({ parentId: id.nullable() }).meta({ id: 'Category' });
