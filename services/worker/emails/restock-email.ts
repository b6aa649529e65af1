import { emailStopsPath, shopPages } from '../../contract';
import { type EmailContent, layOut } from './layout';

export interface RestockEmailFacts {
  /** Of the reader; empty where it is not known. */
  readonly name: string;
  readonly product: { readonly title: string; readonly slug: string };
  /** Of the shop's pages, without a slash at its end. */
  readonly siteUrl: string;
  /** Of the API, without a slash at its end: where mail programs stop these e-mails. */
  readonly apiUrl: string;
  /** With which its reader stops e-mails like it, without logging in. */
  readonly stopToken: string;
}

/** Tells that a product of the wish list can be bought again, and how to hear no more of it: in words, and for mail programs (RFC 8058). */
export function restockEmail({ name, product, siteUrl, apiUrl, stopToken }: RestockEmailFacts): EmailContent {
  return {
    ...layOut('Back in stock', name, [
      `${product.title}, which is on your wish list, can be bought again. It may be sold out soon: we hold none back.`,
      { label: 'Go to the product', url: `${siteUrl}${shopPages.product}${product.slug}` },
      { label: 'No more e-mails about your wish list', url: `${siteUrl}${shopPages.stopEmails}#token=${stopToken}` },
    ]),
    stopUrl: `${apiUrl}${emailStopsPath}/${stopToken}`,
  };
}
