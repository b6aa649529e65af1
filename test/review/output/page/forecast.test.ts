import type { End } from '../../../../alarms/assessment/forecast';
import type { AssessedStore } from '../../../../lib/review/assessed-store';
import { forecast } from '../../../../lib/review/output/page/forecast';
import { reviewPage } from '../../../../lib/review/output/page/review-page';
import { assessedStore, sampleForecast, unknownEnd } from '../../../bin/review/an-assessment';
import { markupOf, rowOf, tableRows, textOf } from './page-text';
import { realReview, reportOf } from './sample-report';

const medium = realReview('medium');
const pageOf = (changed: Partial<AssessedStore> = {}) => markupOf(forecast({ ...assessedStore, ...changed }, [medium]));
const withSize = (size: End) => pageOf({ forecast: { ...sampleForecast, size } });

const caption = 'The month in which the size and the budget end';
const sizeRow = (page: string) => rowOf(page, caption, 'the size ends');

describe('the forecast on the page', () => {
  it('says of which store, size, region and time it is, and by which days', () => {
    expect(textOf(pageOf())).toMatch(
      /^Store-shop · medium · us-east-1 · assessed 2026-11-18 12:00 UTC Growth by the requests of 182 days: \+6.27% a month \(\+5.1% to \+7.4%\)\. /,
    );
  });

  it('has both ends with their bands and reasons', () => {
    expect(tableRows(pageOf(), caption)).toEqual([
      ['', 'expected', 'early', 'late', 'because'],
      ['the size ends', '2027-06', '2027-04', '2027-08', 'Database CPU at 90%'],
      [
        'the budget ends',
        'not within 24 months',
        'not within 24 months',
        'not within 24 months',
        'USD 500 a month; now about USD 330',
      ],
    ]);
  });

  it('leaves open what is not known, with the reason', () => {
    const page = pageOf({ forecast: { ...sampleForecast, percentAMonth: undefined, size: unknownEnd, budget: unknownEnd } });

    expect(sizeRow(page)).toEqual(['the size ends', '▲ not known', '-', '-', 'requests do not grow']);
    expect(textOf(page)).toContain('UTC The growth of the requests is not known. ');
  });

  it('marks what has ended', () => {
    const now: End = {
      ...unknownEnd,
      early: '2026-11',
      expected: '2026-11',
      late: '2026-11',
      months: 0,
      days: 0,
      because: 'Cache CPU at 90%',
    };

    expect(sizeRow(withSize(now))).toEqual(['the size ends', '✕ now, 2026-11', '2026-11', '2026-11', 'Cache CPU at 90%']);
  });

  it.each([
    [true, '2026-11-18 12:00 UTC ▲ older than a week'],
    [false, '2026-11-18 12:00 UTC Growth'],
  ])('marks one that is older than a week: %s', (olderThanAWeek, text) => {
    expect(textOf(pageOf({ olderThanAWeek }))).toContain(text);
  });

  it('names a size that is not known as such', () => {
    expect(textOf(pageOf({ tier: undefined }))).toContain('Store-shop · size unknown: no tag tier · us-east-1');
  });

  it('says that the costs are of another region where they are', () => {
    expect(textOf(pageOf({ region: 'eu-west-1' }))).toContain(
      'The costs on this page are those of us-east-1; the forecast’s are those of eu-west-1.',
    );
    expect(pageOf()).not.toContain('The costs on this page');
  });

  it('brings no markup of the file into the page', () => {
    const page = withSize({ ...sampleForecast.size, because: '<img src=x onerror=alert(1)>"&' });

    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&amp;');
  });
});

const firstScreen = (page: string) => page.slice(0, page.indexOf('<nav '));

describe('the page of a review', () => {
  const title = '<h2 id="forecast-title">Forecast</h2>';

  it('has a forecast only where an assessment was given', () => {
    expect(forecast(undefined, [medium])).toBeUndefined();
    expect(reviewPage(reportOf([medium]))).not.toContain(title);
    expect(reviewPage(reportOf([medium], { assessment: assessedStore }))).toContain(title);
  });

  it('has the same first screen with and without it', () => {
    expect(firstScreen(reviewPage(reportOf([medium], { assessment: assessedStore })))).toBe(
      firstScreen(reviewPage(reportOf([medium]))),
    );
  });
});
