import * as z from 'zod';
import { id, isId } from './schemas';

/** Crockford's base32 (as told at nick.groenen.me/notes/crockfords-base32, read 2026-11-29) without a check symbol, as `order_number` writes it (0024). */
export const orderNumber = z
  .string()
  .regex(/^[\dA-HJKMNP-TV-Z]{4}-[\dA-HJKMNP-TV-Z]{4}$/)
  .meta({ description: 'For people: on parcels, in e-mails, on the telephone', example: 'K7QF-3M2P' });

/** As somebody writes what they have read or heard. */
const writtenNumber = z
  .string()
  .regex(/^[\dA-TV-Za-tv-z]{4}-?[\dA-TV-Za-tv-z]{4}$/)
  .overwrite((text) => {
    const digits = text.toUpperCase().replace('-', '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
    return `${digits.slice(0, 4)}-${digits.slice(4)}`;
  });

/** By which a path finds an order: as products have an id or a slug. */
export const orderKey = z.union([id, writtenNumber]).meta({
  description: 'The order’s id or its number; of a number in either case, without its hyphen, with O for 0 and I or L for 1, too',
});

/** The column of `orders` that has such a key. */
export const keyColumn = (key: string): 'id' | 'number' => (isId(key) ? 'id' : 'number');
