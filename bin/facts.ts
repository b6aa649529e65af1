import { exitCodeOf, newCommand } from './command';
import { type FactRow, factRows, isStale } from './facts/fact-rows';
import { type Terminal, terminal } from './terminal';

interface FactsIo extends Pick<Terminal, 'write' | 'writeError'> {
  readonly now: () => Date;
  /** Folder of the facts. @default - lib/facts */
  readonly folder?: string;
}

/** Lists what AWS, a document or a benchmark said, oldest first. Gives the exit code: 1 where something has to be looked up again. */
export async function main(argv: readonly string[], io: FactsIo): Promise<number> {
  const run = async () => {
    newCommand('npm run facts', io)
      .description('Lists the facts of lib/facts by the day on which their source was read, oldest first, with what to look up.')
      .addHelpText('after', '\nPrices live 12 months, everything else 18. Exit codes: 0 nothing is stale, 1 something is.')
      .parse(argv, { from: 'user' });
    const rows = factRows(io.folder);
    const now = io.now();
    const bySource = [...Map.groupBy(rows, ({ readOn = '', source }) => `${readOn} ${source}`).values()];
    const oldestFirst = bySource.toSorted(([one], [other]) => (one?.readOn ?? '').localeCompare(other?.readOn ?? ''));
    for (const group of oldestFirst) io.write(text(group, now));
    const stale = rows.filter((row) => isStale(row, now)).length;
    io.write(`${rows.length} facts of ${bySource.length} sources; ${stale} to look up again\n`);
    return stale === 0 ? 0 : 1;
  };
  return exitCodeOf(run, io);
}

/** Places that are named of a source; of prices there are hundreds. */
const mostPlaces = 3;

function text(rows: readonly FactRow[], now: Date): string {
  const [first] = rows;
  if (!first) return '';
  const places = rows.slice(0, mostPlaces).map(({ place }) => place);
  const more = rows.length > mostPlaces ? ` and ${rows.length - mostPlaces} more` : '';
  const mark = isStale(first, now) ? '  STALE: look it up again' : '';
  return `${first.readOn ?? 'no date'}${mark}\n  ${places.join(', ')}${more}\n  ${first.source}\n`;
}

if (require.main === module) {
  void main(process.argv.slice(2), { ...terminal(), now: () => new Date() }).then((code) => (process.exitCode = code));
}
