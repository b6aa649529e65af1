import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { emailIdentities } from '../facts/email-identities';

/**
 * Lets a role send e-mails from one address. SES asks for the right on the identity that was verified, the address or one of its domains,
 * and on the configuration set where that identity has one; their ARNs cannot be known in advance, so the policy restricts the sender by a condition.
 */
export function grantSendEmail(role: iam.IRole, from: string): void {
  const arn = (resource: string, resourceName: string) => Stack.of(role).formatArn({ service: 'ses', resource, resourceName });
  role.addToPrincipalPolicy(
    new iam.PolicyStatement({
      actions: ['ses:SendEmail'],
      resources: [...emailIdentities(from).map((name) => arn('identity', name)), arn('configuration-set', '*')],
      conditions: { StringEquals: { 'ses:FromAddress': from } },
    }),
  );
}
