/** Of a run that deploys nothing, unless it fails; a deployment has the CDK's own code. */
export const exitCodes = { reported: 0, notConfirmed: 2, blocked: 3 } as const;
