import { changeFacts } from '../../../facts/changes';
import type { Json } from '../../../template/template';
import type { Found } from '../finding';
import { formatList } from '../format';
import type { PropertyChange } from '../resource-change';

const atStart = new Set(changeFacts.staticParameters.names);

/** AWS RDS user guide, parameter groups: dynamic parameters hold at once, static ones after a restart. */
export function parameters({ before, after }: PropertyChange): readonly Found[] {
  const [was, is] = [record(before), record(after)];
  const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => was[name] !== is[name]).toSorted();
  const late = changed.filter((name) => atStart.has(name));
  const text = `parameters ${formatList(changed)}`;
  if (late.length === 0) return [{ kind: 'updated', text: `${text}; they hold at once` }];
  return [
    {
      kind: 'restart',
      text: `${text}; ${formatList(late)} after a restart alone`,
      downtime: changeFacts.databaseRestartSeconds,
      before: ['lowTraffic'],
      after: ['restart'],
    },
  ];
}

function record(value: Json): Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, Json>>) : {};
}
