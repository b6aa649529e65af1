import type { EmailContent } from './layout';

/** An e-mail and to whom; or why nobody is to have it, without a name or an address. */
export type Composed = (EmailContent & { readonly to: string }) | { readonly to: undefined; readonly reason: string };
