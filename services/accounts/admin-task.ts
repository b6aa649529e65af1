/**
 * First argument of the migrations' entry point: makes or ends one admin, and migrates nothing. The others: `create` or `demote`, the address; for
 * `create` the SHA-256 of a link's token in hex, the hash of a password that nobody knows, and `promote` where a customer may become one.
 */
export const adminArgument = 'admin';

/** How that ends: chosen numbers, which neither Node nor a signal gives by itself. */
export const adminExitCodes = {
  done: 0,
  failed: 1,
  /** The address is a customer's: nothing was changed. */
  customer: 40,
  /** Nobody has the address. */
  unknown: 41,
  /** The address is an erased user's. */
  erased: 42,
} as const;
export type AdminOutcome = keyof typeof adminExitCodes;
