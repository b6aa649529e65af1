/** An export that cannot be reconciled; the message is for the user. */
export class ReconcileError extends Error {}
