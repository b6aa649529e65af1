import type { Metric, Signal } from '../definition';

/** A widget's expressions share one space of ids: the same metric keeps its id, another one of the same id gets a number. */
export function uniqueIds(): (signal: Signal) => Signal {
  const given = new Map<string, string>();
  const taken = new Set<string>();
  const idOf = (wanted: string, metric: Metric): string => {
    const key = JSON.stringify(metric);
    const id = given.get(key) ?? free(wanted, taken);
    given.set(key, id);
    taken.add(id);
    return id;
  };
  return (signal) => {
    if (!('expression' in signal)) return signal;
    const ids = Object.fromEntries(Object.entries(signal.metrics).map(([name, metric]) => [name, idOf(name, metric)]));
    return {
      ...signal,
      // Names of metrics begin with a lower-case letter, those of functions with a capital.
      expression: signal.expression.replaceAll(/\b[a-z]\w*/g, (name) => ids[name] ?? name),
      metrics: Object.fromEntries(Object.entries(signal.metrics).map(([name, metric]) => [ids[name] ?? name, metric])),
    };
  };
}

function free(wanted: string, taken: ReadonlySet<string>): string {
  let number = 1;
  let id = wanted;
  while (taken.has(id)) id = `${wanted}${(number += 1)}`;
  return id;
}
