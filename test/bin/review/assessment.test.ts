import { notKnown } from '../../../alarms/assessment/forecast';
import { shop } from '../../services/assessor/store-in-aws';
import { run as runAssess, stack } from '../assess/run-assess';
import { assessedStore, assessedUntil, sampleAssessment, sampleForecast, unknownEnd } from './an-assessment';
import { failure, type Run, reportIn, runWith } from './run-review';

const path = 'assessment.json';

const withText = (text: string | Error, ...argv: string[]): Run =>
  runWith({ files: { [path]: text } }, '--assessment', path, ...argv);
const withFile = (file: unknown, ...argv: string[]): Run => withText(JSON.stringify(file), ...argv);

const growing = shop({ RequestCount: (day) => 10_000 * 1.002 ** day, 'CPUUtilization shop-database': 60 });

describe('npm start -- --assessment', () => {
  it('prints what the assessment printed, after whose and of when it is', async () => {
    const assessed = await runAssess(growing, stack);
    const { code, out, error } = withText((await runAssess(growing, [...stack, '--json'])).out, '--no-page');
    const lines = assessed.out.slice(assessed.out.indexOf('Forecast, '), assessed.out.indexOf('\n\nNothing to do'));

    expect(lines.split('\n')).toHaveLength(3);
    expect(out).toContain(`\n\nStore-shop · medium · us-east-1 · assessed 2026-11-20 12:00 UTC\n${lines}\n`);
    expect({ code, error }).toEqual({ code: 0, error: '' });
  });

  it('says where nothing is known, and why', async () => {
    const { out } = withText((await runAssess(shop(), [...stack, '--json'])).out, '--no-page');

    expect(out).toContain(
      '  the size ends    not known: requests do not grow\n  the budget ends  not known: requests do not grow\n',
    );
  });

  it('comes after the details of one size, too', () => {
    const { out } = withFile(sampleAssessment, '--tier', 'medium');

    expect(out).toMatch(/\n\nStore-shop · medium · .+\nForecast, .+\n {2}the size ends .+\n {2}the budget ends .+\n$/);
  });

  it('stands on the page between the overview and what to check', () => {
    const page = withFile(sampleAssessment).written['review/index.html'] ?? '';
    const places = ['<nav ', 'id="sizes"', 'id="forecast"', 'id="months"'].map((part) => page.indexOf(part));

    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(places).not.toContain(-1);
    expect(page).toContain('<a href="#forecast">Forecast</a>');
  });

  it('--json has it, with every figure', () => {
    expect(reportIn(withFile(sampleAssessment, '--json')).assessment).toEqual(assessedStore);
    expect(reportIn(runWith({}, '--json'))).not.toHaveProperty('assessment');
  });

  it.each([
    [0, false],
    [4.9, false],
    [5.1, true],
    [300, true],
  ])('tells of one that was made %d days before whether it is older than a week', (daysBefore, old) => {
    const window = { to: assessedUntil - daysBefore * 86_400 };
    const file = { ...sampleAssessment, window };

    expect(reportIn(withFile(file, '--json')).assessment?.olderThanAWeek).toBe(old);
    expect(withFile(file, '--no-page').out.includes('UTC · older than a week\n')).toBe(old);
  });

  it('is of no size where the database has no tag of one', () => {
    const { tier: _, ...file } = sampleAssessment;

    expect(withFile(file, '--no-page').out).toContain('Store-shop · size unknown: no tag tier · us-east-1');
  });

  it('takes the store that is reviewed', () => {
    expect(withFile({ ...sampleAssessment, name: 'acme', tier: 'small' }, '--store', 'acme', '--tier', 'small').code).toBe(0);
  });
});

/** What to do about a file that was not written so. */
const again = '→ npm run --silent assess -- --stack Store-shop --json > assessment.json';
const without = (...keys: readonly string[]) =>
  Object.fromEntries(Object.entries(sampleAssessment).filter(([key]) => !keys.includes(key)));
const withSize = (changed: object) => ({
  ...sampleAssessment,
  forecast: { ...sampleForecast, size: { ...sampleForecast.size, ...changed } },
});

describe('a file that is not shown', () => {
  it.each<[string, unknown, readonly string[], readonly string[]]>([
    ['an older version', without('forecast'), [], ['forecast is missing; an assessment of this version is allowed']],
    [
      'everything that is wrong at once',
      { ...without('window'), region: 'mars', forecast: { ...sampleForecast, days: '182', size: 'soon' } },
      ['--tier', 'small'],
      [
        'region is "mars"; a region of AWS is allowed',
        'window is missing; an assessment of this version is allowed',
        'forecast.days is "182"; a number from 0 on is allowed',
        'forecast.size is "soon"; an assessment of this version is allowed',
        'tier is "medium", and --tier small is reviewed; leave --tier out, or take the size of the assessment',
      ],
    ],
    [
      'a month that is none',
      withSize({ late: '2027-13' }),
      [],
      ['forecast.size.late is "2027-13"; a month such as 2027-06, "not within 24 months" or "not known" is allowed'],
    ],
    [
      'an end that is not known and yet has a number',
      withSize({ expected: notKnown }),
      [],
      ['forecast.size is an object; an expected end with its months and days, or "not known" without them, is allowed'],
    ],
    [
      'an end that is known and has no number',
      withSize({ months: undefined, days: undefined }),
      [],
      ['forecast.size is an object; an expected end with its months and days, or "not known" without them, is allowed'],
    ],
    [
      'what a terminal would obey',
      withSize({ because: 'a\u001B[2J' }),
      [],
      ['forecast.size.because is "a\\u001b[2J"; one line of text is allowed'],
    ],
    ['a list', [], [], ['the file is []; an assessment of this version is allowed']],
    [
      'a time that has not come',
      { ...sampleAssessment, window: { to: assessedUntil + 4 * 86_400 } },
      [],
      [`window.to is ${assessedUntil + 4 * 86_400}, which is not over yet; check the clock of this machine`],
    ],
  ])('has %s: each problem, what is there and what is allowed', (_, file, argv, problems) => {
    const { code, out, error, configs } = withFile(file, ...argv);

    expect(error.split('\n  ')).toEqual([`${path} is not shown:`, ...problems, `${again}\n`]);
    expect({ code, out, configs }).toEqual({ code: 1, out: '', configs: [] });
  });

  it('is not JSON: npm adds lines of its own unless it is silent', () => {
    expect(withText('\n> store@1.0.0 assess\n{}')).toMatchObject({
      code: 1,
      out: '',
      error: `${path} is not shown:\n  the file is not JSON\n  ${again}\n`,
    });
  });

  it('is not there', () => {
    expect(withText(failure('ENOENT'))).toMatchObject({
      code: 1,
      error: `error: ${path} cannot be read: no such file or folder\n`,
    });
  });

  it.each([['--markdown'], ['--changes'], ['--carry', 'orders=3000']])('is not taken with %s', (...option) => {
    expect(withFile(sampleAssessment, ...option)).toMatchObject({
      code: 1,
      out: '',
      error: expect.stringMatching(/cannot be used with/),
    });
  });

  it('has an end that is not known: that is shown', () => {
    const file = { ...sampleAssessment, forecast: { ...sampleForecast, size: unknownEnd } };

    expect(withFile(file, '--no-page').out).toContain('the size ends    not known: requests do not grow');
  });
});
