import type { StoreReview } from '../../review-store';
import {
  box,
  canvas,
  edges,
  frames,
  type NodeId,
  nodes,
  type PictureEdge,
  type PictureFrame,
  type PictureNode,
} from './architecture-layout';
import { type Html, html } from './html';
import type { Section } from './section';

interface Line {
  /** Sign of the size, as in the legend; undefined: the same for all. */
  readonly sign: string | undefined;
  readonly text: string;
}

/** One picture of the store with the parts that each size has. */
export function architecture(reviews: readonly StoreReview[]): Section {
  const drawn = nodes.filter((node) => node.id === 'viewers' || reviews.some((review) => has(review, node)));
  const signs = signsOf(reviews);
  return {
    id: 'architecture',
    title: 'Architecture',
    lead: 'The parts in the template. The overview has the same in a table.',
    body: html`${reviews.length > 1 && legend(reviews, signs)}
<div class="scroll picture" role="group" aria-label="Picture of the architecture" tabindex="0"><svg viewBox="0 0 ${canvas.width} ${canvas.height}" role="img" aria-labelledby="picture-title picture-description">
<title id="picture-title">Architecture of the store</title><desc id="picture-description">${description(drawn, reviews)}</desc>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z"/></marker></defs>
${frames.filter(({ around }) => around.some((id) => stands(drawn, id))).map(frame)}
${edges.filter((each) => isDrawn(each, drawn)).map(edge)}
${drawn.map((node) => nodeBox(node, lines(node, reviews, signs)))}</svg></div>`,
  };
}

function has({ parts, costs }: StoreReview, { id, text }: PictureNode): boolean {
  return (text === undefined ? parts : costs).some(({ part }) => part === id);
}

/** First letters where they differ, else numbers. */
function signsOf(reviews: readonly StoreReview[]): readonly string[] {
  const letters = reviews.map(({ name }) => name.slice(0, 1).toUpperCase());
  return new Set(letters).size === letters.length ? letters : reviews.map((_, index) => String(index + 1));
}

function legend(reviews: readonly StoreReview[], signs: readonly string[]): Html {
  return html`<p class="facts">${reviews.map(({ name }, index) => html`<span class="sign">${signs[index]}</span> ${name} `)}</p>`;
}

function stands(drawn: readonly PictureNode[], id: NodeId): boolean {
  return drawn.some((node) => node.id === id);
}

function isDrawn({ from, to, without }: PictureEdge, drawn: readonly PictureNode[]): boolean {
  return stands(drawn, from) && stands(drawn, to) && (without === undefined || !stands(drawn, without));
}

function lines(node: PictureNode, reviews: readonly StoreReview[], signs: readonly string[]): readonly Line[] {
  if (node.text) return node.text.map((text) => ({ sign: undefined, text }));
  const each = reviews.map(({ parts }) => parts.find(({ part }) => part === node.id)?.text ?? '–');
  const [first = ''] = each;
  if (each.every((text) => text === first)) return [{ sign: undefined, text: first }];
  return each.map((text, index) => ({ sign: signs[index], text }));
}

function description(drawn: readonly PictureNode[], reviews: readonly StoreReview[]): string {
  const names = reviews.map(({ name }) => name);
  const descriptions = drawn.map((node) => {
    const text = lines(node, reviews, names).map((line) => (line.sign === undefined ? line.text : `${line.sign} ${line.text}`));
    return `${node.title}: ${text.join(', ')}`;
  });
  return `${descriptions.join('. ')}.`;
}

function frame({ title, x, y, width, height }: PictureFrame): Html {
  return html`<rect class="frame" x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/><text class="frame-title" x="${x + 10}" y="${y + 15}">${title}</text>
`;
}

function edge({ path, label, dashed, bothWays }: PictureEdge): Html {
  return html`<path class="edge${dashed && ' dashed'}" d="M${path.join('L')}" marker-end="url(#arrow)"${bothWays && html` marker-start="url(#arrow)"`}/>${
    label && html`<text class="edge-label" x="${label.x}" y="${label.y}">${label.text}</text>`
  }
`;
}

function nodeBox({ title, x, y }: PictureNode, own: readonly Line[]): Html {
  return html`<g><rect class="node" x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="6"/><text class="node-title" x="${x + 12}" y="${y + 21}">${title}</text>${own.map(
    ({ sign, text }, index) => textLine(sign, text, x + 12, y + 41 + index * 16),
  )}</g>
`;
}

/** Characters that fit into a box; the overview has the whole text. */
const maxLength = 36;

function textLine(sign: string | undefined, text: string, x: number, y: number): Html {
  const shown = text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
  return html`${sign !== undefined && html`<text class="node-sign" x="${x}" y="${y}">${sign}</text>`}<text class="node-text" x="${sign === undefined ? x : x + 18}" y="${y}">${shown}</text>`;
}
