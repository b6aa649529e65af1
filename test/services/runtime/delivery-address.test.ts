import * as fc from 'fast-check';
import { countryCodes, deliveryAddress, linesOf } from '../../../services/runtime/delivery-address';

const address = { name: 'Ann', line1: 'High Street 1', city: 'Oslo', countryCode: 'NO' };
const issuesOf = (given: unknown): readonly string[] =>
  deliveryAddress.safeParse(given).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

describe('a delivery address', () => {
  it('has what a label needs, and no more', () => {
    expect(issuesOf(address)).toEqual([]);
    expect(issuesOf({ ...address, line2: '2nd floor', postalCode: '0150', region: 'Oslo', phone: '+47 22 00 00 00' })).toEqual(
      [],
    );
    expect(issuesOf({ ...address, email: 'ann@example.com' })).toEqual([expect.stringContaining('email')]);
  });

  it('tells everything that is wrong with it at once', () => {
    const wrong = { name: 'x'.repeat(101), line1: 'a\nb', line2: '\u2028', city: ' \t', countryCode: 'UK', phone: 5 };
    expect(issuesOf(wrong)).toEqual([
      expect.stringMatching(/^name: .*100/),
      'line1: has a control character or more than one line',
      'line2: has a control character or more than one line',
      'line2: is empty',
      'city: has a control character or more than one line',
      'city: is empty',
      'countryCode: is no country of ISO 3166-1 alpha-2, in capitals',
      expect.stringMatching(/^phone: /),
    ]);
  });

  it('has each country that there is, once', () => {
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
    const known = letters.flatMap((one) => letters.map((other) => one + other)).filter((code) => names.of(code) !== undefined);
    // Of the CLDR alone: exceptional reservations of ISO, unions, pseudo-regions, and codes that were withdrawn.
    const others = known.filter((code) => !countryCodes.includes(code)).join(' ');
    expect(countryCodes.filter((code) => !known.includes(code))).toEqual([]);
    expect([new Set(countryCodes).size, countryCodes.length]).toEqual([250, 250]);
    expect(others).toEqual(regionsThatAreNoCountries);
  });

  it('of whatever text is refused, or becomes lines of a label without a control character', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('\ud800', '\u0000', '\r\n', '\u202e', ' '),
    );
    const field = fc.oneof(text, fc.jsonValue());
    const fields = { name: field, line1: field, line2: field, postalCode: field, city: field, region: field, phone: field };
    const any = fc.record({ ...fields, countryCode: fc.oneof(fc.constantFrom(...countryCodes), field) }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.oneof(any, fc.jsonValue()), (given) => {
        const parsed = deliveryAddress.safeParse(given);
        if (!parsed.success) return;
        for (const line of linesOf(parsed.data)) expect(line).toMatch(/^[^\p{Cc}\p{Cs}\u2028\u2029]+$/u);
      }),
      { seed: 20261129, numRuns: 500 },
    );
  });
});

const regionsThatAreNoCountries = 'AC AN BU CP CQ CS DD DG DY EA EU EZ FX HV IC NH QO RH SU TA TP UK UN VD XA XB YD YU ZR ZZ';
