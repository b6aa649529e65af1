import { alarms } from '../../../../lib/review/output/page/alarms';
import { findings } from '../../../../lib/review/output/page/findings';
import { protection } from '../../../../lib/review/output/page/protection';
import { risks } from '../../../../lib/review/output/page/risks';
import { tierNames } from '../../../../lib/tiers/tier';
import { markupOf, rowOf, tableRows, textOf } from './page-text';
import { fullReview, realReview } from './sample-report';

const four = tierNames.map(fullReview);
const [small, medium] = [fullReview('small'), fullReview('medium')];

describe('the alarms', () => {
  const page = markupOf(alarms(four));

  it('counts AWS’s recommended alarms and the documents’ thresholds', () => {
    expect(rowOf(page, 'Alarms in each size', 'of AWS’s recommended alarms').slice(1, 3)).toEqual(['30 of 40', '37 of 40']);
    expect(rowOf(page, 'Alarms in each size', 'of the documents’ thresholds').slice(1, 3)).toEqual(['2 of 3', '3 of 3']);
  });

  it('says of each threshold whether an alarm watches it', () => {
    expect(rowOf(page, 'The documents’ thresholds and the alarms on them', 'average query time, warning')).toEqual([
      'average query time, warning',
      '> 100 ms',
      '▲ not watched',
      '✓ 1 alarm',
      '✓ 1 alarm',
      '✓ 1 alarm',
      '[project-files], [scalability-report]',
    ]);
  });

  it('lists the recommended alarms that are excluded, once for all sizes', () => {
    expect(tableRows(page, 'Recommended alarms that the catalogue excludes').slice(1)).toEqual([
      ['FreeableMemory', 'AWS/RDS', 'all', 'SwapUsage tells the same earlier'],
      ['4xxErrors', 'AWS/S3', 'all', '▲ not watched, no reason known'],
    ]);
  });
});

describe('the protection', () => {
  const page = markupOf(protection([small, medium]));

  it('tells what is the same in every size once', () => {
    expect(rowOf(page, 'Exposure to the Internet', 'load balancer')).toEqual([
      'load balancer',
      'every size ✓ good: internal; only CloudFront’s addresses, port 80',
    ]);
  });

  it('says of each topic how much a reviewer should check', () => {
    expect(textOf(page)).toContain('Exposure to the Internet ▲ 1 to check 2 statements');
    expect(textOf(page)).toContain('Encryption ✓ nothing to check 1 statements');
  });

  it('marks what a reviewer should check', () => {
    expect(rowOf(page, 'Exposure to the Internet', 'tasks')).toEqual([
      'tasks',
      '▲ check: public addresses, nothing may come in',
      '✓ good: private addresses',
    ]);
  });
});

describe('the findings', () => {
  it('are counted by pack', () => {
    const page = markupOf(findings([small]));
    expect(tableRows(page, 'Open findings by pack').slice(1)).toEqual([
      ['AwsSolutions', '✓ none open'],
      ['NIST.800.53.R5', '✕ 1 open'],
      ['PCI.DSS.321 (reported, not enforced)', '✓ none open'],
    ]);
  });

  it('are accepted with a reason', () => {
    expect(rowOf(markupOf(findings(four)), 'Accepted findings', 'AwsSolutions-IAM5')).toEqual([
      'AwsSolutions-IAM5',
      'the bucket’s objects have names of their own',
      '/Store-shop/Api/TaskRole and 1 more',
      'all',
    ]);
  });

  it('say so where nobody has looked for them', () => {
    expect(textOf(markupOf(findings([realReview('small')])))).toContain('not run for this page');
  });
});

describe('accepted risks', () => {
  it('are told with their reason', () => {
    expect(rowOf(markupOf(risks(four)), 'Settings below a safety minimum', 'stores.shop.database.multiAz')).toEqual([
      'stores.shop.database.multiAz',
      'small',
      'false',
      'true',
      'a shop that may be away for an hour',
    ]);
  });

  it('say so where there are none', () => {
    expect(textOf(markupOf(risks([realReview('small')])))).toBe('✓ none: no setting is below a safety minimum.');
  });
});
