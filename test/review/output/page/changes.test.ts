import { changes } from '../../../../lib/review/output/page/changes';
import { markupOf, rowOf, tableRows, textOf } from './page-text';
import { sampleChanges } from './sample-changes';
import { sampleChange } from './sample-report';

describe('the changes', () => {
  const page = markupOf(changes(sampleChanges()));
  const caption = 'Verdict of each change, from the size on the left to the one above';

  it('stand in a matrix of verdicts', () => {
    expect(rowOf(page, caption, 'medium')).toEqual([
      'medium',
      'medium to small: ✕ blocked −$393 a month',
      '–',
      'medium to large: ▲ safe, with downtime +$393 a month',
      'medium to enterprise: ▲ safe, with downtime +$393 a month',
    ]);
  });

  it('lead by a link to what each does', () => {
    expect(page).toContain('href="#change-small-to-medium"');
    expect(page).toContain('id="change-small-to-medium"');
  });

  it('need no matrix where there is one', () => {
    expect(tableRows(markupOf(changes([sampleChange('small', 'medium')])), caption)).toEqual([]);
  });

  it('are no section where none was asked for', () => {
    expect(changes([])).toBeUndefined();
  });

  const up = textOf(markupOf(changes([sampleChange('small', 'medium')])));

  it.each([
    ['what happens to a part', '▲ failover db.t4g.micro → db.t4g.medium; 60-120 s of refused writes Database1234'],
    ['how long something is away', '60-120 s Amazon RDS User Guide'],
    ['what is irreversible', 'Cannot be undone: storage 20 → 100 GB: it never shrinks'],
    ['what stays', 'Unchanged: 4 queues; 3 buckets; the secrets; the URL'],
    ['what to do before', 'Before take a snapshot of the database'],
    ['what to do after', 'After watch the hit rate'],
    ['the way back', 'Rollback ✕ blocked medium → small is blocked: storage never shrinks'],
    ['what it costs', '+$393 a month: +347 fixed, +46 for the assumed usage'],
    ['the command', 'npx cdk deploy --context tier=medium --context changeTier=small:medium'],
  ])('tell %s', (_, text) => {
    expect(up).toContain(text);
  });

  const down = textOf(markupOf(changes([sampleChange('medium', 'small')])));

  it('tell why one is blocked and the way round', () => {
    expect(down).toContain(
      'database: storage 100 → 20 GB: RDS refuses to shrink it Workaround: "database": { "storageGb": 100 }',
    );
    expect(down).toContain('data at risk: 80 GB of allocated storage');
  });

  it('give no command for one that is blocked', () => {
    expect(down).not.toContain('npx cdk deploy');
  });
});
