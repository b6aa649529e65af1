import type { StoreReview } from '../../review-store';
import { usd } from '../../text/money';
import { type Html, html } from './html';
import { list, mark, type Section, type Tone } from './section';

interface Point {
  readonly tone: Tone;
  readonly name: string;
  /** Follows the names of the sizes. */
  readonly description: Html;
}

/** What a reader should know first, each point with a link to its section; sizes with the same point are listed together. */
export function attention(reviews: readonly StoreReview[]): Section | undefined {
  const points = reviews.flatMap((review) => kinds.flatMap((kind) => kind(review)));
  if (points.length === 0) return undefined;
  const groups = [...Map.groupBy(points, ({ description }) => description.markup).values()];
  const sorted = [...groups.filter(isBad), ...groups.filter((group) => !isBad(group))];
  return {
    id: 'attention',
    title: 'Check before you choose',
    body: html`<div class="points">${list(sorted.map((group) => sentence(group, reviews.length > 1)))}</div>`,
  };
}

const kinds: readonly ((review: StoreReview) => readonly Point[])[] = [budget, capacity, findings, prices, protection, risks];

function isBad([first]: readonly Point[]): boolean {
  return first?.tone === 'bad';
}

/** A single review needs no name. */
function sentence(group: readonly Point[], named: boolean): Html {
  const [first] = group;
  const names = named ? group.map(({ name }) => name).join(', ') : isBad(group) ? 'problem' : 'check';
  return html`${mark(first?.tone ?? 'plain', names)}: ${first?.description}`;
}

function budget({ name, budget: own, total }: StoreReview): readonly Point[] {
  if (own.verdict !== 'exceeded') return [];
  return [
    {
      tone: 'bad',
      name,
      description: html`${usd(total.usdPerMonth)} USD a month exceeds the <a href="#cost">budget</a> of ${usd(own.usdPerMonth)}`,
    },
  ];
}

function capacity({ name, capacity: own }: StoreReview): readonly Point[] {
  const unseen = own.notExamined.map(({ resource, reason }) => `${resource} (${reason})`).join(', ');
  const notExamined: readonly Point[] = unseen
    ? [
        {
          tone: 'warn',
          name,
          description: html`<a href="#capacity">not examined</a>, so no requirement counts as met: ${unseen}`,
        },
      ]
    : [];
  const short = own.demands.filter(({ verdict }) => verdict === 'falls short');
  return notExamined.concat(
    short.map(({ capacity: available, required }) => ({
      tone: 'bad' as const,
      name,
      description: html`<a href="#capacity">capacity</a>: ${available}; required: ${required}`,
    })),
  );
}

function findings({ name, findings: own }: StoreReview): readonly Point[] {
  const open = own?.packs.filter(({ enforced }) => enforced).flatMap((pack) => pack.open) ?? [];
  return open.length === 0
    ? []
    : [{ tone: 'bad', name, description: html`open <a href="#findings">security findings</a>: ${open.length}` }];
}

function prices({ name, missingPrices, unpricedTypes, unknownValues }: StoreReview): readonly Point[] {
  const missing = new Set(missingPrices.map(({ key }) => key)).size;
  const unknown = unpricedTypes.map(({ type, resources }) => `${type} (${resources})`).join(', ');
  const values = unknownValues.map(({ property, resource }) => `${property} of ${resource}`).join(', ');
  return [
    missing > 0 && html`<a href="#cost-lines">prices missing</a>: ${missing}`,
    values !== '' && html`only AWS knows ${values}`,
    unknown !== '' && html`no rule prices ${unknown}`,
  ]
    .filter((reason) => reason !== false)
    .map((reason) => ({ tone: 'warn', name, description: html`costs more than shown: ${reason}` }));
}

function protection({ name, protection: own }: StoreReview): readonly Point[] {
  const weak = own.rows.filter(({ verdict }) => verdict === 'weak');
  return weak.map(({ subject, text }) => ({
    tone: 'warn',
    name,
    description: html`<a href="#protection">${subject}</a>: ${text}`,
  }));
}

function risks({ name, acceptedRisks }: StoreReview): readonly Point[] {
  const number = acceptedRisks.length;
  return number === 0 ? [] : [{ tone: 'warn', name, description: html`accepted <a href="#risks">risks</a>: ${number}` }];
}
