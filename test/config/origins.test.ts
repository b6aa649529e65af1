import * as fc from 'fast-check';
import { isOfStoresSite, isOrigin } from '../../lib/config/origins';
import { domain } from './good-parts';
import { acme, load } from './problems';

describe('an origin', () => {
  it.each(['https://shop.example', 'https://www.shop.example:8443', 'http://localhost', 'http://localhost:5173'])(
    'is %s',
    (text) => {
      expect(isOrigin(text)).toBe(true);
    },
  );

  it.each([
    'null',
    '*',
    '',
    'shop.example',
    'https://*.shop.example',
    'https://shop.example/',
    'https://shop.example/cart',
    'https://shop.example?a=1',
    'https://shop.example#a',
    'https://ann@shop.example',
    'https://shop.example:443',
    'https://SHOP.example',
    'https://shop.example.',
    'https://192.0.2.1',
    'https://localhost',
    'http://shop.example',
    'http://localhost:80',
    'http://localhost.shop.example',
    'http://localhostile.example',
    'http://127.0.0.1:5173',
    'ftp://shop.example',
    'file:///',
    'javascript:alert(1)',
    ' https://shop.example',
    'https://shop.example,https://evil.example',
  ])('is not %j', (text) => {
    expect(isOrigin(text)).toBe(false);
  });

  it('is told whatever is asked, and only of what a browser writes itself', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.webUrl(),
          fc.webAuthority().map((authority) => `https://${authority}`),
        ),
        (text) => {
          expect(isOrigin(text) ? new URL(text).origin : text).toBe(text);
        },
      ),
      { seed: 20261129 },
    );
  });
});

describe('a page', () => {
  it.each([
    ['https://example.com', true],
    ['https://shop.example.com', true],
    ['https://www.shop.example.com:8443', true],
    ['https://other-example.com', false],
    ['https://example.com.elsewhere.net', false],
    ['https://example.net', false],
    ['http://localhost:3000', false],
  ])('of %s is of the site of a store in the zone example.com: %s', (origin, expected) => {
    expect(isOfStoresSite(origin, domain)).toBe(expected);
  });

  it('of any other host is of another site than a store below cloudfront.net', () => {
    expect(isOfStoresSite('https://d111111abcdef8.cloudfront.net', undefined)).toBe(false);
  });

  it('of one other site makes the cookie of the whole store one for other sites', () => {
    const corsOrigins = ['https://www.example.com', 'https://example.net'];
    expect(load(acme({ domain, corsOrigins })).cors).toEqual({ origins: corsOrigins, otherSites: true });
    expect(load(acme({ domain, corsOrigins: ['https://www.example.com'] })).cors.otherSites).toBe(false);
    expect(load(acme({})).cors).toEqual({ origins: [], otherSites: false });
  });
});
