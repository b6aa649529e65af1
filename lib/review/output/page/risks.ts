import type { StoreReview } from '../../review-store';
import { html } from './html';
import { mark, type Section } from './section';
import { prose, table } from './table';

/** What somebody has accepted under a floor of the sizes, with the reason they gave. */
export function risks(reviews: readonly StoreReview[]): Section {
  const rows = reviews.flatMap(({ name, acceptedRisks }) =>
    acceptedRisks.map(({ path, got, floor, reason }) => [html`<span class="id">${path}</span>`, name, got, floor, prose(reason)]),
  );
  return {
    id: 'risks',
    title: 'Accepted risks',
    body:
      rows.length === 0
        ? html`<p>${mark('good', 'none')}: no setting goes under a safety floor.</p>`
        : table({
            caption: 'Settings under a safety floor',
            captionShown: false,
            heading: ['setting', 'size', 'is', 'floor', 'why'],
            groups: [{ rows }],
          }),
  };
}
