/** What the suites send to routes that make something. */

export const aFile = { name: 'a.pdf', project: 'kitchen', category: 'plans', contentType: 'application/pdf', bytes: 5 };

export const aPicture = { contentType: 'image/png', bytes: 5, alt: 'A shoe' };

export const anAddress = { name: 'Ann', line1: 'High Street 1', city: 'Oslo', countryCode: 'NO' };

/** Of a brand and categories that have to be made before. */
export const aHat = {
  slug: 'felt-hat',
  title: 'Felt Hat',
  priceMinor: 4_900,
  currency: 'USD',
  brand: 'fog',
  categories: ['felt', 'hats'],
  available: true,
};
