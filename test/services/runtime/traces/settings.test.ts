import { apiVariables } from '../../../../bin/local/environment';
import { readApiEnvironment } from '../../../../services/api/environment';
import { problemsOf } from '../../parts/environment-problems';
import { nowhere } from './nowhere';

const tracesOf = (percent: string, changes: Record<string, string> = {}) =>
  readApiEnvironment({ ...apiVariables(nowhere), TRACES_SAMPLED_PERCENT: percent, ...changes }).traces;

describe('traces', () => {
  it.each([
    ['100', 1],
    ['10', 0.1],
    ['0.5', 0.005],
  ])('are recorded of %s%% of the requests, and go to X-Ray', (percent, share) => {
    expect(tracesOf(percent)).toEqual({ share, api: undefined });
  });

  it('are off where the percentage is empty, whatever else is set', () => {
    expect(tracesOf('', { TRACES_API_URL: 'http://127.0.0.1:9' })).toBeUndefined();
  });

  it.each(['0', '101', '-1', 'ten', '1e1', '10%'])('are refused of "%s"', (percent) => {
    expect(problemsOf(() => tracesOf(percent))).toEqual(['TRACES_SAMPLED_PERCENT is no number above 0 and at most 100']);
  });

  it('go to a stand-in on loopback only', () => {
    expect(tracesOf('10', { TRACES_API_URL: 'http://127.0.0.1:9' })?.api?.port).toBe('9');
    expect(problemsOf(() => tracesOf('10', { TRACES_API_URL: 'http://traces.example.com' }))).toEqual([
      'TRACES_API_URL is for localhost and 127.0.0.1 only; remove it',
    ]);
  });
});
