import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct, type IConstruct } from 'constructs';
import { ports } from '../../services/contract';
import { limits } from '../facts/limits';
import { colonArn } from './colon-arn';
import type { Database } from './database';
import { postgresEngine } from './database-instance';
import { EncryptedLogs, type LogSettings } from './encrypted-logs';
import type { Network } from './network';

export interface DatabaseProxyProps extends LogSettings {
  readonly network: Network;
  readonly database: Database;
  /** PostgreSQL major, for the proxy's engine family. */
  readonly engineVersion: string;
  /** Physical name: create-only, and unique in the region. */
  readonly proxyName: string;
  /** Roles of PostgreSQL that may log in through the proxy. */
  readonly roles: readonly string[];
}

/** RDS Proxy that logs in as the database's services do, on both sides: by IAM, or by the passwords of their users. A proxy cannot target a replica. */
export class DatabaseProxy extends Construct implements ec2.IConnectable {
  readonly host: string;
  readonly connections: ec2.Connections;
  /** The proxy's targets: a service that starts before them finds nobody to talk to. */
  readonly targets: IConstruct;
  private readonly proxy: rds.DatabaseProxy;
  /** Reads the secrets of users. @default - log-in by IAM */
  private readonly reader: iam.Role | undefined;

  constructor(scope: Construct, id: string, props: DatabaseProxyProps) {
    super(scope, id);
    this.reader =
      props.database.passwords && new iam.Role(this, 'Reader', { assumedBy: new iam.ServicePrincipal('rds.amazonaws.com') });
    const securityGroup = props.network.closedSecurityGroup(this, 'SecurityGroup', 'RDS Proxy: from tasks, to PostgreSQL');
    this.connections = new ec2.Connections({ securityGroups: [securityGroup], defaultPort: ec2.Port.tcp(ports.postgres) });
    this.proxy = new rds.DatabaseProxy(this, 'Proxy', {
      dbProxyName: props.proxyName,
      proxyTarget: rds.ProxyTarget.fromInstance(withLiteralPort(this, props)),
      ...this.logIn(props),
      requireTLS: true,
      vpc: props.network.vpc,
      vpcSubnets: props.network.dataSubnets, // create-only, hence equal in every size
      securityGroups: [securityGroup],
      maxConnectionsPercent: limits.rdsProxyConnectionsPercent.chosen, // leaves the rest to migrations and people
    });
    // RDS Proxy writes to a group of this name, and would create an unencrypted one without an expiry.
    const logs = new EncryptedLogs(this, 'Logs', { ...props, logGroupName: `/aws/rds/proxy/${props.proxyName}` });
    this.proxy.node.addDependency(logs);
    const policy = this.reader?.node.tryFindChild('DefaultPolicy');
    if (policy) this.proxy.node.addDependency(policy); // it names the role, and comes after it
    this.host = this.proxy.endpoint;
    this.targets = this.proxy.node.findChild('ProxyTargetGroup');
  }

  /** Lets the grantee log in by IAM as a role of PostgreSQL, through the proxy; a password of the primary holds here too. */
  grantLogin(grantee: iam.IGrantable, role: string): void {
    if (!this.reader) this.proxy.grantConnect(grantee, role);
  }

  private logIn(props: DatabaseProxyProps) {
    const { masterSecret, passwords } = props.database;
    if (!passwords || !this.reader) return { defaultAuthScheme: rds.DefaultAuthScheme.IAM_AUTH, role: this.loginRole(props) };
    return {
      iamAuth: false,
      role: this.reader,
      clientPasswordAuthType: rds.ClientPasswordAuthType.POSTGRES_SCRAM_SHA_256,
      // The master is the one user whom a new database has: CloudFormation waits until the proxy is logged in.
      secrets: [masterSecret, ...passwords.ofUsers(props.roles)],
    };
  }

  /** With IAM_AUTH the stock construct gives the proxy's role no policy, and every log-in fails. */
  private loginRole({ database, roles }: DatabaseProxyProps): iam.Role {
    return new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('rds.amazonaws.com'),
      inlinePolicies: {
        LogIn: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              actions: ['rds-db:connect'],
              resources: roles.map((role) =>
                colonArn(this, 'rds-db', 'dbuser', `${database.instance.instanceResourceId}/${role}`),
              ),
            }),
          ],
        }),
      },
    });
  }
}

/** The primary as the proxy sees it: the same instance with a port that stands literally in the security group's rules. */
function withLiteralPort(scope: Construct, { database, engineVersion }: DatabaseProxyProps): rds.IDatabaseInstance {
  return rds.DatabaseInstance.fromDatabaseInstanceAttributes(scope, 'Target', {
    instanceIdentifier: database.instance.instanceIdentifier,
    instanceEndpointAddress: database.host,
    port: ports.postgres,
    securityGroups: [database.securityGroup],
    engine: postgresEngine(engineVersion),
  });
}
