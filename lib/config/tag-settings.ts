import * as z from 'zod';
import { storeTag, tierTag } from '../../services/contract';
import { named, text } from './schemas';

/** What the stack sets itself, in any case of letters: IAM tells no two keys apart by case. */
const ownTags = [storeTag, 'part', tierTag, 'Name'];

/** AWS allows 50 a resource; the rest are the stack's and AWS's own. */
const mostTags = 40;

/** What every service takes in keys and values (AWS, Tagging resources: tag naming limits). */
const characters = 'letters, digits, spaces and _ . : / = + @ -';
const goodKey = new RegExp(`^(?!aws:)(?!(?:${ownTags.join('|')})$)[A-Za-z0-9_.:/=+@-][A-Za-z0-9 _.:/=+@-]{0,127}$`, 'i');
const goodValue = /^(?!aws:)[A-Za-z0-9 _.:/=+@-]{0,256}$/i;

export const tags = named(z.string(), text(`a value of at most 256 ${characters} is allowed`, 'shop', goodValue), {
  what: 'tags',
  example: { team: 'shop' },
  most: mostTags,
  fits: (given) => {
    const keys = Object.keys(given);
    return keys.every((key) => goodKey.test(key)) && new Set(keys.map((key) => key.toLowerCase())).size === keys.length;
  },
  keys: `keys of at most 128 ${characters}, no two alike but for case, none of ${ownTags.join(', ')}, and none that begins with aws:`,
});
