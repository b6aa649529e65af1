import type { StoreReview } from '../../review-store';
import { html } from './html';
import { mark, type Section } from './section';
import { prose, table } from './table';

/** Settings below a size's minimum that the store accepts, each with its reason. */
export function risks(reviews: readonly StoreReview[]): Section {
  const rows = reviews.flatMap(({ name, acceptedRisks }) =>
    acceptedRisks.map(({ path, got, floor, reason }) => [html`<span class="id">${path}</span>`, name, got, floor, prose(reason)]),
  );
  return {
    id: 'risks',
    title: 'Accepted risks',
    body:
      rows.length === 0
        ? html`<p>${mark('good', 'none')}: no setting is below a safety minimum.</p>`
        : table({
            caption: 'Settings below a safety minimum',
            captionShown: false,
            heading: ['setting', 'size', 'value', 'required', 'reason'],
            rows,
          }),
  };
}
