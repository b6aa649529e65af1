import type { FindingsReview } from '../../protection/types';
import type { StoreReview } from '../../review-store';
import { type Html, html } from './html';
import { collapsible, mark, type Section } from './section';
import { type Cell, prose, table } from './table';

type Pack = FindingsReview['packs'][number];
type Acknowledgement = FindingsReview['acknowledged'][number];

interface Checked {
  readonly name: string;
  readonly findings: FindingsReview;
}

/** Findings of cdk-nag and AWS’s validation by pack, and the accepted ones with their reasons. */
export function findings(reviews: readonly StoreReview[]): Section {
  const checked = reviews.flatMap(({ name, findings: own }) => (own ? [{ name, findings: own }] : []));
  return {
    id: 'findings',
    title: 'Security findings',
    body:
      checked.length === 0
        ? html`<p>${mark('plain', 'not run')}${
            reviews.every(({ saved }) => saved)
              ? ': cdk-nag checks a CDK app, not a saved template.'
              : html` for this page. Run <code>npm start -- --findings</code> for every size.`
          }</p>`
        : html`${packTable(checked, reviews)}${openFindings(checked)}${acknowledged(checked)}`,
  };
}

function packTable(checked: readonly Checked[], reviews: readonly StoreReview[]): Html {
  const packs = new Map(checked.flatMap(({ findings: { packs: all } }) => all.map((pack) => [pack.name, pack])));
  return table({
    caption: 'Open findings by pack',
    heading: ['pack', ...reviews.map(({ name }) => name)],
    rows: [...packs.values()].map(({ name, enforced }) => {
      const marks = reviews.map((review) => packMark(review.findings?.packs.find((pack) => pack.name === name)));
      return Array.of<Cell>(enforced ? name : `${name} (reported, not enforced)`, ...marks);
    }),
  });
}

function packMark(pack: Pack | undefined): Html {
  if (!pack) return mark('plain', 'not run');
  if (pack.open.length === 0) return mark('good', 'none open');
  return mark(pack.enforced ? 'bad' : 'warn', `${pack.open.length} open`);
}

function openFindings(checked: readonly Checked[]): Html | undefined {
  const all = checked.flatMap(({ name, findings: { packs } }) =>
    packs.flatMap((pack) => pack.open.map(({ rule, at }) => ({ name, pack: pack.name, rule, at }))),
  );
  const groups = [...Map.groupBy(all, ({ pack, rule, at }) => JSON.stringify([pack, rule, at])).values()];
  if (groups.length === 0) return undefined;
  return collapsible(
    `Open findings (${groups.length})`,
    table({
      caption: 'Findings that are not accepted',
      heading: ['rule', 'pack', 'construct', 'sizes'],
      rows: groups.flatMap((same) => same.slice(0, 1).map(({ rule, pack, at }) => [rule, pack, id(at), namesOf(same, checked)])),
    }),
  );
}

function acknowledged(checked: readonly Checked[]): Html {
  const all = checked.flatMap(({ name, findings: own }) => own.acknowledged.map((one) => ({ ...one, name })));
  const groups = [...Map.groupBy(all, ({ rule, reason }) => JSON.stringify([rule, reason])).values()];
  return collapsible(
    `Accepted findings (${groups.length}), each with its reason`,
    table({
      caption: 'Accepted findings',
      heading: ['rule', 'reason', 'construct', 'sizes'],
      rows: groups.flatMap((same) =>
        same.slice(0, 1).map(({ rule, reason }) => [rule, prose(reason), places(same), namesOf(same, checked)]),
      ),
    }),
  );
}

/** Only the first place by name: a reviewer reads the reason. */
function places(same: readonly Acknowledgement[]): Html {
  const all = [...new Set(same.flatMap(({ at }) => at))];
  return id(`${all[0] ?? ''}${all.length > 1 ? ` and ${all.length - 1} more` : ''}`);
}

function namesOf(same: readonly { readonly name: string }[], checked: readonly Checked[]): string {
  const names = [...new Set(same.map(({ name }) => name))];
  return names.length === checked.length ? 'all' : names.join(', ');
}

function id(text: string): Html {
  return html`<span class="id">${text}</span>`;
}
