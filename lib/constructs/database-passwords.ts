import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { environment } from '../../services/contract';
import { generatedPassword } from './generated-password';

export interface DatabasePasswordsProps {
  readonly key: kms.IKey;
  /** Roles of PostgreSQL that log in. */
  readonly roles: readonly string[];
}

/** A secret for each role of PostgreSQL. The migrations give the database its passwords; `PasswordRotation` gives it others. */
export class DatabasePasswords extends Construct {
  private readonly key: kms.IKey;
  private readonly secrets: ReadonlyMap<string, secretsmanager.ISecret>;

  constructor(scope: Construct, id: string, { key, roles }: DatabasePasswordsProps) {
    super(scope, id);
    this.key = key;
    this.secrets = new Map(roles.map((role) => [role, passwordOf(this, role, key)]));
  }

  /** Lets the grantee log in as the role: read its secret, whatever the version. */
  grantLogin(grantee: iam.IGrantable, role: string): void {
    this.secretOf(role).grantRead(grantee);
  }

  /** Lets the grantee give every role another password; the stock grant could also change the secret itself. */
  grantRotate(grantee: iam.IGrantable): void {
    for (const secret of this.secrets.values()) {
      secret.grantRead(grantee);
      iam.Grant.addToPrincipal({
        grantee,
        actions: ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'],
        resourceArns: [secret.secretArn],
      });
      const service = `secretsmanager.${Stack.of(this).region}.amazonaws.com`;
      this.key.grantEncrypt(new kms.ViaServicePrincipal(service, grantee.grantPrincipal));
    }
  }

  arnOf(role: string): string {
    return this.secretOf(role).secretArn;
  }

  /** `role=ARN` with commas between, of all roles or of these. */
  list(roles: readonly string[] = [...this.secrets.keys()]): string {
    return roles.map((role) => `${role}=${this.arnOf(role)}`).join(',');
  }

  /** For a program of one's own: what it logs in by, as it is when its task starts. */
  variables(role: string): Record<string, ecs.Secret> {
    return { [environment.databasePassword]: ecs.Secret.fromSecretsManager(this.secretOf(role), 'password') };
  }

  private secretOf(role: string): secretsmanager.ISecret {
    const secret = this.secrets.get(role);
    if (secret === undefined) throw new Error(`No secret has been made for the role ${role}`);
    return secret;
  }
}

/** Nothing is lost with it: the migrations of the next task set the password of whatever secret there is. */
function passwordOf(scope: Construct, role: string, key: kms.IKey): secretsmanager.ISecret {
  return generatedPassword(scope, role.replaceAll('_', '-'), {
    description: `Password of ${role} in PostgreSQL`,
    username: role,
    length: 40,
    key,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}
