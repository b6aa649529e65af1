import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { environment } from '../../services/contract';
import type { PaymentsConfig } from '../config/store-config';

/** Stripe's keys for a container, which ECS reads from the one secret when a task starts; none where the store takes no payments. */
export function stripeSecrets(scope: Construct, payments: PaymentsConfig | undefined): Record<string, ecs.Secret> {
  if (payments === undefined) return {};
  const secret = secretsmanager.Secret.fromSecretCompleteArn(scope, 'StripeSecret', payments.stripeSecretArn);
  return {
    [environment.stripeSecretKey]: ecs.Secret.fromSecretsManager(secret, 'secretKey'),
    [environment.stripeWebhookSecret]: ecs.Secret.fromSecretsManager(secret, 'webhookSecret'),
  };
}
