import { RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { databaseName, databaseUsers, environment, ports } from '../../services/contract';
import { generatedPassword } from './generated-password';

export interface DatabasePasswordsProps {
  readonly key: kms.IKey;
  /** Roles of PostgreSQL that log in. */
  readonly roles: readonly string[];
}

/** Where programs of somebody's own reach PostgreSQL. */
export interface UrlHosts {
  /** The proxy's, or the primary's where there is none. */
  readonly url: string;
  readonly directUrl: string;
  readonly readUrl: string;
}

/**
 * For each role of PostgreSQL a secret with the name and the password of its user in use (`databaseUsers`); beside it, where a proxy asks, one for
 * each user, and, where a program of somebody's own asks, one with URLs. The migrations give the database what the first has; `PasswordRotation`
 * takes the other user's turn.
 */
export class DatabasePasswords extends Construct {
  private readonly key: kms.IKey;
  private readonly secrets: ReadonlyMap<string, secretsmanager.ISecret>;
  private readonly users = new Map<string, secretsmanager.ISecret>();
  private readonly urls = new Map<string, secretsmanager.ISecret>();
  private hosts: UrlHosts | undefined;

  constructor(scope: Construct, id: string, { key, roles }: DatabasePasswordsProps) {
    super(scope, id);
    this.key = key;
    this.secrets = new Map(roles.map((role) => [role, passwordOf(this, role, key)]));
  }

  /** Lets the grantee log in as the role: read its secret, whatever the version. */
  grantLogin(grantee: iam.IGrantable, role: string): void {
    this.secretOf(role).grantRead(grantee);
  }

  /** Lets the grantee take every role's other user in turn, after all secrets are made; the stock grant could also change the secret itself. */
  grantRotate(grantee: iam.IGrantable): void {
    for (const secret of this.secrets.values())
      this.grantPut(grantee, secret, ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage']);
    for (const secret of [...this.users.values(), ...this.urls.values()])
      this.grantPut(grantee, secret, ['secretsmanager:PutSecretValue']);
  }

  arnOf(role: string): string {
    return this.secretOf(role).secretArn;
  }

  /** `role=ARN` with commas between, of all roles or of these. */
  list(roles: readonly string[] = [...this.secrets.keys()]): string {
    return roles.map((role) => `${role}=${this.arnOf(role)}`).join(',');
  }

  /** A secret for each user of these roles, as RDS Proxy wants them. */
  ofUsers(roles: readonly string[]): readonly secretsmanager.ISecret[] {
    for (const role of roles) for (const user of databaseUsers(role)) this.users.set(user, this.userSecret(user, role));
    return [...this.users.values()];
  }

  /** Before the first program of somebody's own asks for URLs. */
  reachedAt(hosts: UrlHosts): void {
    this.hosts = hosts;
  }

  /** Secrets of a container of somebody's own that logs in as the role: user, password and URLs, as they are when its task starts. */
  variables(role: string): Record<string, ecs.Secret> {
    const secret = this.urlSecret(role);
    return {
      [environment.databaseUrl]: ecs.Secret.fromSecretsManager(secret, 'url'),
      [environment.databaseDirectUrl]: ecs.Secret.fromSecretsManager(secret, 'directUrl'),
      [environment.databaseReadUrl]: ecs.Secret.fromSecretsManager(secret, 'readUrl'),
      [environment.databaseUser]: ecs.Secret.fromSecretsManager(secret, 'username'),
      [environment.databasePassword]: ecs.Secret.fromSecretsManager(secret, 'password'),
    };
  }

  /** Of the secret with the role's URLs. */
  urlSecretArn(role: string): string {
    return this.urlSecret(role).secretArn;
  }

  /** Variables of the rotation, after all secrets are made. */
  rotationVariables(): Record<string, string> {
    return {
      [environment.databasePasswordSecrets]: this.list(),
      ...(this.users.size > 0 && { [environment.databaseUserSecrets]: listOf(this.users) }),
      ...(this.urls.size > 0 && { [environment.databaseUrlSecrets]: listOf(this.urls) }),
    };
  }

  private grantPut(grantee: iam.IGrantable, secret: secretsmanager.ISecret, actions: string[]): void {
    secret.grantRead(grantee);
    iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [secret.secretArn] });
    const service = `secretsmanager.${Stack.of(this).region}.amazonaws.com`;
    this.key.grantEncrypt(new kms.ViaServicePrincipal(service, grantee.grantPrincipal));
  }

  /**
   * Whichever user is in use has its password at once, also where a proxy is added later: both begin with what the role's secret has then. The
   * other's first rotation makes it right.
   */
  private userSecret(user: string, role: string): secretsmanager.ISecret {
    return new secretsmanager.Secret(this, `${user.replaceAll('_', '-')}-user`, {
      description: `Log-in of ${user} through the proxy`,
      encryptionKey: this.key,
      secretObjectValue: {
        username: SecretValue.unsafePlainText(user), // a name, no secret
        password: this.secretOf(role).secretValueFromJson('password'),
      },
      removalPolicy: RemovalPolicy.DESTROY,
    }) as secretsmanager.ISecret;
  }

  private urlSecret(role: string): secretsmanager.ISecret {
    const known = this.urls.get(role);
    if (known) return known;
    if (this.hosts === undefined) throw new Error(`Say with reachedAt where the URLs of ${role} lead, first`);
    const [user, password] = ['username', 'password'].map((field) => this.secretOf(role).secretValueFromJson(field)) as [
      SecretValue,
      SecretValue,
    ];
    const urls = Object.entries(this.hostsOf(role, this.hosts)).map(
      ([name, host]) => [name, urlOf(user, password, host)] as const,
    );
    const secret = new secretsmanager.Secret(this, `${role.replaceAll('_', '-')}-urls`, {
      description: `URLs by which ${role} reaches PostgreSQL`,
      encryptionKey: this.key,
      secretObjectValue: { username: user, password, ...Object.fromEntries(urls) },
      removalPolicy: RemovalPolicy.DESTROY,
    }) as secretsmanager.ISecret;
    this.urls.set(role, secret);
    return secret;
  }

  /** Of a role that a proxy does not know, the primary alone. */
  private hostsOf(role: string, hosts: UrlHosts): UrlHosts {
    const { directUrl } = hosts;
    return this.users.size === 0 || this.users.has(role) ? hosts : { url: directUrl, directUrl, readUrl: directUrl };
  }

  private secretOf(role: string): secretsmanager.ISecret {
    const secret = this.secrets.get(role);
    if (secret === undefined) throw new Error(`No secret has been made for the role ${role}`);
    return secret;
  }
}

/** Of references that CloudFormation resolves: no value stands in the template. */
const urlOf = (user: SecretValue, password: SecretValue, host: string): SecretValue =>
  SecretValue.unsafePlainText(
    `postgresql://${user.unsafeUnwrap()}:${password.unsafeUnwrap()}@${host}:${ports.postgres}/${databaseName}?sslmode=require`,
  );

const listOf = (secrets: ReadonlyMap<string, secretsmanager.ISecret>): string =>
  [...secrets].map(([name, { secretArn }]) => `${name}=${secretArn}`).join(',');

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
