import { productTag } from '../cache-aside/product-tags';
import type { ApiParts } from './parts';
import { Problem } from './problem';
import { type ManagedReviewRow, managedReviewColumns, managedReviewOf } from './review';

interface Hiding {
  readonly reviewId: string;
  /** null: it is shown. One that was hidden before stays so since then. */
  readonly reason: string | null;
}

/** Hides a review or shows it, and makes what shows its product stale. Gives it as operators see it. @throws {Problem} */
export async function hideOrShowReview(
  { reviewId, reason }: Hiding,
  { database, cached }: Pick<ApiParts, 'database' | 'cached'>,
) {
  const { rows } = await database.writer.query<ManagedReviewRow>(
    `update reviews set hidden_at = case when $2::text is not null then coalesce(hidden_at, now()) end, hidden_reason = $2
       from users where reviews.id = $1 and users.id = reviews.user_id returning ${managedReviewColumns}`,
    [reviewId, reason],
  );
  const [row] = rows;
  if (!row) throw new Problem('not-found');
  await cached.invalidate([productTag(row.productId)]);
  return managedReviewOf(row);
}
