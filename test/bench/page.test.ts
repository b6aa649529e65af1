import { table, withSection } from '../../bench/page';

const page = '# Benchmarks\n\nBy hand.\n\n<!-- bench:drop -->\nold\n<!-- /bench:drop -->\n\nBy hand, too.\n';

it('puts a section in the place of the one before, and leaves everything else as it is', () => {
  expect(withSection(page, 'drop', 'The drop', 'new\n')).toBe(page.replace('old', 'new'));
});

it('adds a section that the page does not have yet at its end, with its heading', () => {
  expect(withSection(page, 'stages', 'Load', 'new')).toBe(
    `${page}\n## Load\n\n<!-- bench:stages -->\nnew\n<!-- /bench:stages -->\n`,
  );
});

it('changes nothing when the same is measured again', () => {
  const once = withSection(page, 'stages', 'Load', 'new');
  expect(withSection(once, 'stages', 'Load', 'new')).toBe(once);
});

it('writes a table', () => expect(table(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |'));
