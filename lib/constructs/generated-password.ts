import type { RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

export interface GeneratedPasswordProps {
  readonly description: string;
  readonly username: string;
  /** Characters. */
  readonly length: number;
  readonly key: kms.IKey;
  readonly removalPolicy: RemovalPolicy;
}

/** A secret that Secrets Manager generates: JSON with `username` and `password`, without punctuation. */
export function generatedPassword(scope: Construct, id: string, props: GeneratedPasswordProps): secretsmanager.ISecret {
  const secret = new secretsmanager.Secret(scope, id, {
    description: props.description,
    encryptionKey: props.key,
    generateSecretString: {
      secretStringTemplate: JSON.stringify({ username: props.username }),
      generateStringKey: 'password',
      passwordLength: props.length,
      excludePunctuation: true,
    },
    removalPolicy: props.removalPolicy,
  });
  return secret as secretsmanager.ISecret; // the stock class declares an optional member differently from its own interface
}
