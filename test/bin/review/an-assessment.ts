import type { End, Forecast } from '../../../alarms/assessment/forecast';
import type { AssessedStore } from '../../../lib/review/assessed-store';

/** Until when the assessment looks: two days before the reviews of the tests. */
export const assessedUntil = Date.parse('2026-11-18T12:00:00Z') / 1000;

const size: End = {
  early: '2027-04',
  expected: '2027-06',
  late: '2027-08',
  months: 6.7,
  days: 203,
  because: 'Database CPU at 90%',
};

export const sampleForecast: Forecast = {
  percentAMonth: { early: 7.4, expected: 6.27, late: 5.1 },
  days: 182,
  requestsPerMonth: 3_000_000,
  size,
  budget: {
    early: 'not within 24 months',
    expected: 'not within 24 months',
    late: 'not within 24 months',
    months: 24,
    days: 730,
    because: 'USD 500 a month; now about USD 330',
  },
};

export const unknownEnd: End = {
  early: 'not known',
  expected: 'not known',
  late: 'not known',
  months: undefined,
  days: undefined,
  because: 'requests do not grow',
};

/** As the report has it. */
export const assessedStore: AssessedStore = {
  store: 'shop',
  stack: 'Store-shop',
  region: 'us-east-1',
  tier: 'medium',
  assessedAt: '2026-11-18T12:00:00.000Z',
  olderThanAWeek: false,
  forecast: sampleForecast,
};

/** What `npm run assess -- --json` writes, as far as a review reads it. */
export const sampleAssessment = {
  name: 'shop',
  region: 'us-east-1',
  tier: 'medium',
  databaseClass: 'db.t4g.medium',
  window: { from: assessedUntil - 7 * 86_400, to: assessedUntil },
  score: 83,
  forecast: sampleForecast,
};
