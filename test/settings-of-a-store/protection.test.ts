import { ChangeReviewer } from '../../lib/review/change/review-change';
import { domain } from '../config/good-parts';
import { templateOf } from '../support/stores';
import { part, task, variable } from './template-parts';

const challenge = { protection: { challenge: true } };
const corsOrigins = ['https://www.example.com', 'https://front.example.net:8443', 'http://localhost:3000'];
const whole = templateOf('medium', { ...challenge, domain, corsOrigins, production: false });

describe('a store whose front end has other origins', () => {
  test('tells the API which, and that one is of another site', () => {
    const { main } = task(whole, 'Api');
    expect([variable(main, 'CORS_ORIGINS'), variable(main, 'CORS_OTHER_SITES')]).toEqual([corsOrigins.join(','), 'true']);
  });

  test('says nothing of other sites where all are of its own', () => {
    const { main } = task(templateOf('medium', { domain, corsOrigins: ['https://www.example.com'] }), 'Api');
    expect([variable(main, 'CORS_ORIGINS'), variable(main, 'CORS_OTHER_SITES')]).toEqual(['https://www.example.com', undefined]);
  });
});

const switched = (from: object, to: object) => {
  const [before = whole, after = whole] = [from, to].map((settings) => templateOf('medium', { ...settings }));
  const sides = { from: { name: 'before', template: before }, to: { name: 'after', template: after } };
  const { verdict, downtimes, parts } = new ChangeReviewer().review({ ...sides, deploy: 'npm run deploy' });
  return { verdict, downtimes, effects: parts.flatMap(({ effects }) => effects.map(({ kind }) => kind)) };
};

describe('a store that challenges browsers', () => {
  test('takes tokens of pages of its own host and of its front end’s, which are no `localhost`', () => {
    expect(part(whole, 'AWS::WAFv2::WebACL', 'Firewall').TokenDomains).toEqual([
      domain.name,
      'www.example.com',
      'front.example.net',
    ]);
  });

  test('takes those of the distribution’s own host where it has no domain', () => {
    const { TokenDomains } = part(templateOf('medium', challenge), 'AWS::WAFv2::WebACL', 'Firewall');
    expect(TokenDomains).toEqual([{ 'Fn::GetAtt': [expect.stringMatching(/^CdnDistribution/), 'DomainName'] }]);
  });

  test('is made without replacing or interrupting anything', () => {
    expect(switched({}, challenge)).toEqual({ verdict: 'safe', downtimes: [], effects: ['updated', 'updated', 'updated'] });
  });

  test('is told that it is less protected when it stops', () => {
    expect(switched(challenge, {})).toEqual({
      verdict: 'safe',
      downtimes: [],
      effects: ['security-regression', 'updated', 'updated'],
    });
  });
});
