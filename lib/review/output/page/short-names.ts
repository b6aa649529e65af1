import type { Report } from '../../report';

/** A report in which templates are called by their files' names alone, where these differ: a path is no heading of a column. */
export function withShortNames(report: Report): Report {
  const names = new Set([...report.reviews.map(({ name }) => name), ...report.changes.flatMap(({ from, to }) => [from, to])]);
  if (new Set([...names].map(fileName)).size < names.size) return report;
  return {
    ...report,
    reviews: report.reviews.map((review) => Object.assign({}, review, { name: fileName(review.name) })),
    crossings: report.crossings.map(({ to, ...crossing }) =>
      Object.assign(crossing, { from: fileName(crossing.from), to: to === undefined ? undefined : fileName(to) }),
    ),
    changes: report.changes.map((change) => Object.assign({}, change, { from: fileName(change.from), to: fileName(change.to) })),
  };
}

function fileName(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? path;
}
