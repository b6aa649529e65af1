// SQLite's shell with `-csv -header FILE`, for a machine that has none: a statement on standard input, CSV on standard output.
const { readFileSync } = require('node:fs');
const { DatabaseSync } = require('node:sqlite');

const cell = (value) => {
  if (value === null) return '';
  const text = String(value);
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const rows = new DatabaseSync(process.argv.at(-1)).prepare(readFileSync(0, 'utf8')).all();
const lines = rows.map((row) => Object.values(row).map(cell).join(','));
process.stdout.write(`${[Object.keys(rows[0]).join(','), ...lines].join('\r\n')}\r\n`);
