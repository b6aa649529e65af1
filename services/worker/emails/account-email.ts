import type { AccountEmailType } from '../../accounts/account-emails';
import { linkHours } from '../../accounts/links';
import { accountPages } from '../../contract';
import { type EmailContent, layOut } from './layout';

/** `account-exists`: to whoever has the account that somebody asked for once more. */
export type AccountTemplate = AccountEmailType | 'account-exists';

interface AccountWording {
  readonly subject: string;
  readonly opening: string;
  readonly linkLabel: string;
  readonly closing: string;
}

const hours = (purpose: keyof typeof linkHours): string => (linkHours[purpose] === 1 ? '1 hour' : `${linkHours[purpose]} hours`);
const once = (purpose: keyof typeof linkHours): string => `The link works once, for ${hours(purpose)}.`;

/** The words of each e-mail about an account. `shop`: the name of the site's host, by which a reader knows it. */
const wordings: Readonly<Record<AccountTemplate, (shop: string) => AccountWording>> = {
  'verify-email': (shop) => ({
    subject: 'Confirm your e-mail address',
    opening: `Somebody, probably you, asked for an account at ${shop} with this e-mail address. Please confirm that it is yours.`,
    linkLabel: 'Confirm the address',
    closing: `${once('verify-email')} If it was not you, do nothing: then there is no account.`,
  }),
  'account-exists': (shop) => ({
    subject: 'You already have an account',
    opening: `Somebody, probably you, wanted to use this e-mail address for an account at ${shop}. You have one with it already.`,
    linkLabel: 'Log in, or ask for a new password, at the shop',
    closing: 'If it was not you, do nothing: your account is as it was, and nobody else was told that you have one.',
  }),
  welcome: (shop) => ({
    subject: 'Welcome',
    opening: `Your e-mail address is confirmed, and your account at ${shop} is ready.`,
    linkLabel: 'Go to the shop',
    closing:
      'Log in with your e-mail address and your password. Whether we write to you about orders, you choose in your account.',
  }),
  'password-reset': (shop) => ({
    subject: 'Choose a new password',
    opening: `Somebody, probably you, asked for a new password for your account at ${shop}.`,
    linkLabel: 'Choose a new password',
    closing: `${once('password-reset')} You then log in again on each device. If it was not you, do nothing: your password stays as it is.`,
  }),
  'password-changed': (shop) => ({
    subject: 'Your password was changed',
    opening: `The password of your account at ${shop} was changed. If that was you, there is nothing to do.`,
    linkLabel: 'If it was not you, ask for a new password at the shop at once',
    closing: 'Then the new password that somebody else chose works no more.',
  }),
  'email-change': (shop) => ({
    subject: 'Confirm your new e-mail address',
    opening: `Somebody, probably you, wants to use this e-mail address for an account at ${shop}. Please confirm that it is yours.`,
    linkLabel: 'Confirm the new address',
    closing: `${once('email-change')} If it was not you, do nothing: then the account keeps the address that it has.`,
  }),
  'email-changed': (shop) => ({
    subject: 'Your e-mail address was changed',
    opening: `Your account at ${shop} has another e-mail address now, and we write to that one. If that was you, there is nothing to do.`,
    linkLabel: 'If it was not you, write to the shop at once',
    closing: 'Somebody else may have your account then, and can ask for a new password: you cannot, with this address.',
  }),
};

export interface AccountEmailFacts {
  /** Of a proven address alone: whoever names another person's could write to them by it. */
  readonly name: string;
  /** Without a slash at its end. */
  readonly siteUrl: string;
  /** Of a page of `accountPages`. @default - it links to the site */
  readonly link?: { readonly page: keyof typeof accountPages; readonly token: string };
}

export function accountEmail(template: AccountTemplate, { name, siteUrl, link }: AccountEmailFacts): EmailContent {
  const { subject, opening, linkLabel: label, closing } = wordings[template](new URL(siteUrl).host);
  const url = link ? `${siteUrl}${accountPages[link.page]}#token=${link.token}` : siteUrl;
  return layOut(subject, name, [opening, { label, url }, closing]);
}
