import { formatDuration } from '../../change/format';
import { type ChangeReview, type Effect, effectSeverity } from '../../change/types';
import { signedUsd } from '../../text/money';
import { type Html, html, slug } from './html';
import { code, list, mark } from './section';
import { prose, right, table } from './table';
import { changeMark, difference } from './verdicts';

/** Of a link to the change. */
export function changeId({ from, to }: Pick<ChangeReview, 'from' | 'to'>): string {
  return `change-${slug(from)}-to-${slug(to)}`;
}

/** All of one change, in the order in which it is prepared. */
export function changeDetails(change: ChangeReview): Html {
  return html`${blocks(change)}
${change.dataAtRisk.length > 0 && html`<h4>Data at risk</h4>${list(change.dataAtRisk)}`}
${effects(change)}
${downtimes(change)}
${points('The deployment waits', change.waits)}
${points('Cannot be undone', change.irreversible)}
${points('Unchanged', change.unchanged)}
<div class="columns">${steps('Before', change.before)}${steps('After', change.after)}</div>
${rollbackOf(change)}
<h4>Cost</h4>${cost(change)}
${change.verdict !== 'blocked' && html`<h4>Deploy</h4>${code([change.deploy])}`}`;
}

function blocks({ blocks: all }: ChangeReview): Html | undefined {
  if (all.length === 0) return undefined;
  return html`<h4>Why it is blocked</h4>${all.map(
    ({ part, reason, workaround }) =>
      html`<div class="note bad"><p><strong>${part}</strong>: ${reason}</p>${
        workaround.length > 0 && html`<p>Workaround:</p>${code(workaround)}`
      }</div>`,
  )}`;
}

function effects({ from, to, parts }: ChangeReview): Html | undefined {
  if (parts.length === 0) return undefined;
  return table({
    caption: `Effects of ${from} → ${to} on each part`,
    heading: ['part', 'effect'],
    rows: parts.map(({ part, effects: all }) => [part, prose(html`${all.map(effect)}`)]),
  });
}

/** With the resources only where it is serious. */
function effect({ kind, text, resources }: Effect): Html {
  const tone = effectSeverity[kind];
  return html`<div class="effect">${mark(tone, kind.replaceAll('-', ' '))} <span>${text}${tone !== 'plain' && html` <span class="id facts">${named(resources)}</span>`}</span></div>`;
}

function named(resources: readonly string[]): string {
  return `${resources.slice(0, 3).join(', ')}${resources.length > 3 ? ` and ${resources.length - 3} more` : ''}`;
}

function downtimes({ from, to, downtimes: all }: ChangeReview): Html | undefined {
  if (all.length === 0) return undefined;
  return table({
    caption: `Downtime of ${from} → ${to}`,
    heading: ['part', 'reason', right('duration'), 'source'],
    rows: all.map((one) => [one.part, prose(one.text), right(formatDuration(one.seconds)), prose(one.source)]),
  });
}

function points(title: string, items: readonly string[]): Html | undefined {
  return items.length > 0 ? html`<p><strong>${title}</strong>: ${items.join('; ')}</p>` : undefined;
}

function steps(title: string, items: readonly string[]): Html | undefined {
  return items.length > 0 ? html`<div><h4>${title}</h4><ol>${items.map((item) => html`<li>${item}</li>`)}</ol></div>` : undefined;
}

function rollbackOf({ rollback: back }: ChangeReview): Html {
  return html`<h4>Rollback</h4><p>${changeMark(back.verdict)} ${back.text}</p>${back.workaround.length > 0 && code(back.workaround)}`;
}

function cost({ costChange }: ChangeReview): Html {
  if (!costChange) return html`<p>The cost was not counted, or a price is missing.</p>`;
  const { fixedUsdPerMonth, usageUsdPerMonth, usdPerMonth: usd } = costChange;
  return html`<p>${difference(usd)}: ${signedUsd(fixedUsdPerMonth)} fixed, ${signedUsd(usageUsdPerMonth)} for the assumed usage.</p>`;
}
