import { ChangeReviewer } from '../../../lib/review/change/review-change';
import { templateOf } from '../../support/stores';

const before = (settings: object): readonly string[] =>
  new ChangeReviewer().review({
    from: { name: 'medium', template: templateOf('medium', { ...settings }) },
    to: { name: 'large', template: templateOf('large', { ...settings }) },
    deploy: '',
  }).before;

test('a larger size asks for SES’s quotas first, where the store sends e-mails', () => {
  const [mails, none] = [before({ emailFrom: 'orders@shop.example.com' }), before({})].map((steps) =>
    steps.filter((step) => step.includes('e-mails a ')),
  );

  expect(none).toEqual([]);
  expect(mails).toEqual([
    expect.stringMatching(/e-mails a second: .* in the busiest hour; the default is 1: aws sesv2 get-account/),
    expect.stringMatching(
      /^Ask AWS for a quota first, which can take days\. e-mails a day: .*; the default is 200: .* --quota-code L-804C8AE8 /,
    ),
  ]);
});
