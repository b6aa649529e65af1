import type { ChangeReview } from '../../change/types';
import { changeDetails, changeId } from './change-details';
import { type Html, html } from './html';
import { collapsible, type Section } from './section';
import { type Cell, table } from './table';
import { changeMark, difference } from './verdicts';

/** The matrix of verdicts, then each change with its effects. */
export function changes(all: readonly ChangeReview[]): Section | undefined {
  if (all.length === 0) return undefined;
  return {
    id: 'changes',
    title: all.length === 1 ? 'The change of size' : 'Changes of size',
    lead:
      'What CloudFormation would do to the deployed store. Downtime: a part is unavailable for seconds or minutes. Not judged: there is ' +
      'no rule for a change, or only AWS knows a value. Blocked: it would be refused, or data would be lost.',
    body: html`${all.length === 1 ? all.map(alone) : html`${matrix(all)}${collapsible(`What each change does (${all.length})`, html`${all.map(collapsibleChange)}`)}`}`,
  };
}

function matrix(all: readonly ChangeReview[]): Html {
  const [from, to] = [distinct(all.map((one) => one.from)), distinct(all.map((one) => one.to))];
  const columns = from.length > 1 ? distinct([...from.filter((name) => to.includes(name)), ...to]) : to;
  return table({
    caption: 'Verdict of each change, from the size on the left to the one above',
    heading: ['from \\ to', ...columns],
    rows: from.map((one) =>
      Array.of(one, ...columns.map((other) => matrixCell(all.find((change) => change.from === one && change.to === other)))),
    ),
  });
}

function matrixCell(change: ChangeReview | undefined): Cell {
  if (!change) return '–';
  return html`<a href="#${changeId(change)}"><span class="hidden">${change.from} to ${change.to}: </span>${changeMark(change.verdict)}</a><br><span class="facts">${difference(change.costChange?.usdPerMonth)}</span>`;
}

function alone(change: ChangeReview): Html {
  return html`<h3 id="${changeId(change)}">${heading(change)}</h3>${changeDetails(change)}`;
}

/** The id stands inside, so that a link to it unfolds it. */
function collapsibleChange(change: ChangeReview): Html {
  return collapsible(html`<h3>${heading(change)}</h3>`, html`<div id="${changeId(change)}">${changeDetails(change)}</div>`);
}

function heading(change: ChangeReview): Html {
  const data = change.dataAtRisk.length === 0 ? 'no data at risk' : `data at risk: ${change.dataAtRisk.join(', ')}`;
  return html`${change.from} → ${change.to} ${changeMark(change.verdict)} <span class="facts"><span class="keep">${difference(change.costChange?.usdPerMonth)}</span> · ${data}</span>`;
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
