import type { StoreReview } from '../../review-store';
import { usd } from '../../text/money';
import { type Html, html } from './html';
import { list, mark, type Section, type Tone } from './section';

interface Point {
  readonly tone: Tone;
  /** Follows the names of the sizes. */
  readonly description: Html;
}

type NamedPoint = Point & Pick<StoreReview, 'name'>;

/** What a reader should know first, each point with a link to its section; sizes with the same point are listed together. */
export function attention(reviews: readonly StoreReview[]): Section | undefined {
  const points = reviews.flatMap((review) => pointsOf(review).map((point) => Object.assign(point, { name: review.name })));
  if (points.length === 0) return undefined;
  const groups = [...Map.groupBy(points, ({ description }) => description.markup).values()];
  const sorted = [...groups.filter(isBad), ...groups.filter((group) => !isBad(group))];
  return {
    id: 'attention',
    title: 'Check before you choose',
    body: html`<div class="points">${list(sorted.map((group) => sentence(group, reviews.length > 1)))}</div>`,
  };
}

function pointsOf(review: StoreReview): readonly Point[] {
  return [budget, capacity, findings, prices, protection, risks].flatMap((kind) => kind(review));
}

function isBad([first]: readonly Point[]): boolean {
  return first?.tone === 'bad';
}

/** A single review needs no name. */
function sentence(group: readonly NamedPoint[], named: boolean): Html {
  const [first] = group;
  const names = named ? group.map(({ name }) => name).join(', ') : isBad(group) ? 'problem' : 'check';
  return html`${mark(first?.tone ?? 'plain', names)}: ${first?.description}`;
}

function budget({ budget: own, total }: StoreReview): readonly Point[] {
  if (own.verdict !== 'exceeded') return [];
  const cost = usd(total.usdPerMonth);
  return [bad(html`${cost} USD a month exceeds the <a href="#cost">budget</a> of ${usd(own.usdPerMonth)}`)];
}

const bad = (description: Html): Point => ({ tone: 'bad', description });

const warn = (description: Html): Point => ({ tone: 'warn', description });

function capacity({ capacity: own }: StoreReview): readonly Point[] {
  const unseen = own.notExamined.map(({ resource, reason }) => `${resource} (${reason})`).join(', ');
  const short = own.demands.filter(({ verdict }) => verdict === 'falls short');
  return [
    ...(unseen ? [warn(html`<a href="#capacity">not examined</a>, so no requirement counts as met: ${unseen}`)] : []),
    ...short.map((demand) => bad(html`<a href="#capacity">capacity</a>: ${demand.capacity}; required: ${demand.required}`)),
  ];
}

function findings({ findings: own }: StoreReview): readonly Point[] {
  const open = own?.packs.filter(({ enforced }) => enforced).flatMap((pack) => pack.open) ?? [];
  return open.length === 0 ? [] : [bad(html`open <a href="#findings">security findings</a>: ${open.length}`)];
}

function prices({ missingPrices, unpricedTypes, unknownValues }: StoreReview): readonly Point[] {
  const missing = new Set(missingPrices.map(({ key }) => key)).size;
  const unknown = unpricedTypes.map(({ type, resources }) => `${type} (${resources})`).join(', ');
  const values = unknownValues.map(({ property, resource }) => `${property} of ${resource}`).join(', ');
  return [
    missing > 0 && html`<a href="#cost-lines">prices missing</a>: ${missing}`,
    values !== '' && html`only AWS knows ${values}`,
    unknown !== '' && html`no rule prices ${unknown}`,
  ]
    .filter((reason) => reason !== false)
    .map((reason) => warn(html`costs more than shown: ${reason}`));
}

function protection({ protection: { rows } }: StoreReview): readonly Point[] {
  const weak = rows.filter(({ verdict }) => verdict === 'weak');
  return weak.map(({ subject, text }) => warn(html`<a href="#protection">${subject}</a>: ${text}`));
}

function risks({ acceptedRisks: { length } }: StoreReview): readonly Point[] {
  return length === 0 ? [] : [warn(html`accepted <a href="#risks">risks</a>: ${length}`)];
}
