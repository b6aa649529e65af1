import * as z from 'zod';
import { plainText, time } from '../runtime/forms';
import { id } from './schemas';

/** Reviews that a customer may write in a day (UTC), changes among them: an assumption, what a household has bought in a month and some corrections. */
export const mostReviewsADay = 20;

const stars = z.int().min(1).max(5).meta({ description: 'Stars', example: 4 });

/** Control characters of Unicode but the end of a line, and what turns the direction of the page that shows a text. */
const controls = String.raw`\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069`;
const refusedControl = 'has a control character';
const line = new RegExp(String.raw`^[^\u000a${controls}]*$`, 'u');
const lines = new RegExp(`^[^${controls}]*$`, 'u');

export const reviewFields = z.strictObject({
  rating: stars,
  title: z.string().max(100).regex(line, refusedControl).default('').meta({ description: 'One line', example: 'Warm and light' }),
  text: z.string().max(5_000).regex(lines, refusedControl).default('').meta({
    description: 'Plain text; `\\n` ends a line',
    example: 'I wear it every day.',
  }),
});

export const hidingFields = z.strictObject({
  reason: plainText(500).min(1).meta({ description: 'Its author is told', example: 'Names a person' }),
});

/** As everybody sees it. */
export const review = z
  .object({
    id,
    rating: stars,
    title: z.string(),
    text: z.string(),
    author: z.string().meta({ description: 'The first word of the customer’s name; “A customer” where they gave none' }),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'Review' });

const hidden = z
  .object({ reason: z.string(), since: time })
  .nullable()
  .meta({ description: 'Where an operator has hidden it: nobody else sees it, and it counts nowhere' });

/** As its author sees it. */
export const ownReview = review.omit({ author: true }).extend({ productId: id, hidden }).meta({ id: 'OwnReview' });

/** As operators see it. */
export const managedReview = review.extend({ productId: id, userId: id, hidden }).meta({ id: 'ManagedReview' });

interface Written {
  readonly id: string;
  readonly rating: number;
  readonly title: string;
  readonly text: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface ReviewRow extends Written {
  readonly name: string;
}

export interface OwnReviewRow extends Written {
  readonly productId: string;
  readonly hiddenAt: Date | null;
  readonly hiddenReason: string | null;
}

export interface ManagedReviewRow extends OwnReviewRow {
  readonly userId: string;
  readonly name: string;
}

/** Columns of a `ReviewRow` but the name, of whatever has those of `reviews`. */
export const reviewColumns = (of = 'reviews'): string =>
  ['id', 'rating', 'title', 'text', 'created_at as "createdAt"', 'updated_at as "updatedAt"']
    .map((column) => `${of}.${column}`)
    .join(', ');

/** Columns of an `OwnReviewRow`. */
export const ownReviewColumns = (of = 'reviews'): string =>
  `${reviewColumns(of)}, ${of}.product_id as "productId", ${of}.hidden_at as "hiddenAt", ${of}.hidden_reason as "hiddenReason"`;

/** Columns of a `ManagedReviewRow`, of `reviews` and `users`. */
export const managedReviewColumns = `${ownReviewColumns()}, reviews.user_id as "userId", users.name`;

/** Never the whole name, and never what somebody took for one: an e-mail address. */
function authorOf(name: string): string {
  const [first = ''] = name.trim().split(/\s+/u);
  return first === '' || first.includes('@') ? 'A customer' : first;
}

const writtenOf = ({ id: reviewId, rating, title, text, createdAt, updatedAt }: Written) => ({
  id: reviewId,
  rating,
  title,
  text,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

export const reviewOf = (row: ReviewRow): z.input<typeof review> => ({ ...writtenOf(row), author: authorOf(row.name) });

export const ownReviewOf = (row: OwnReviewRow): z.input<typeof ownReview> => ({
  ...writtenOf(row),
  productId: row.productId,
  hidden: row.hiddenAt && { reason: row.hiddenReason ?? '', since: row.hiddenAt.toISOString() },
});

export const managedReviewOf = (row: ManagedReviewRow): z.input<typeof managedReview> => ({
  ...ownReviewOf(row),
  userId: row.userId,
  author: authorOf(row.name),
});
