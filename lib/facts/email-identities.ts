/**
 * What SES may have verified for a sender: the address, its domain and the domains above it, each of which covers what is below it.
 * docs.aws.amazon.com/ses/latest/dg/creating-identities.html
 */
export function emailIdentities(address: string): readonly string[] {
  const labels = address.slice(address.indexOf('@') + 1).split('.');
  return [address, ...labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))];
}
