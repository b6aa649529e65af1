import * as z from 'zod';

/**
 * ISO 3166-1 alpha-2, officially assigned; and XK, which is nobody's there and carriers' for Kosovo. A test compares them with the regions that the Unicode
 * CLDR knows, as Node has it.
 */
export const countryCodes = (
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN ' +
  'CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM ' +
  'HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ' +
  'ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW ' +
  'SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI ' +
  'VN VU WF WS XK YE YT ZA ZM ZW'
).split(' ');

/** Text of a label: one line that is not empty. A half of a character that JSON can carry and PostgreSQL's JSON cannot becomes U+FFFD, as in other texts. */
const line = (most: number) =>
  z
    .string()
    .max(most)
    // oxlint-disable-next-line no-control-regex -- the characters in question
    .regex(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/, 'has a control character or more than one line')
    .regex(/[^\s\ufeff]/, 'is empty')
    .overwrite((text) => text.toWellFormed());

/** Where an order goes. Lengths are assumptions: more than carriers print. What is not needed in a country is left out. */
export const deliveryAddress = z
  .strictObject({
    name: line(100).meta({ description: 'Of whoever receives it' }),
    line1: line(100).meta({ description: 'Street and number, or a box' }),
    line2: line(100).optional().meta({ description: 'Floor, building, company' }),
    postalCode: line(20).optional(),
    city: line(100),
    region: line(100).optional().meta({ description: 'State, province or county' }),
    countryCode: z
      .enum(countryCodes, { error: 'is no country of ISO 3166-1 alpha-2, in capitals' })
      .meta({ description: 'ISO 3166-1 alpha-2', example: 'DE' }),
    phone: line(30).optional().meta({ description: 'For whoever brings it' }),
  })
  .meta({ id: 'DeliveryAddress' });

export type DeliveryAddress = z.output<typeof deliveryAddress>;

/** As an envelope has it: without the phone number. A region stands where English-speaking countries write it, before the postal code. */
export function linesOf({ name, line1, line2, postalCode, city, region, countryCode }: DeliveryAddress): readonly string[] {
  const place = region === undefined ? joined(' ', postalCode, city) : joined(' ', `${city},`, region, postalCode);
  const country = new Intl.DisplayNames('en', { type: 'region' }).of(countryCode);
  return [name, line1, line2, place, country ?? countryCode].filter((text) => text !== undefined);
}

const joined = (between: string, ...texts: readonly (string | undefined)[]): string =>
  texts.filter((text) => text !== undefined).join(between);
