import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Unit } from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { slowQuery } from '../../alarms/thresholds';
import { databaseMasterUser, databaseName, databaseRoles, metricNamespace, metrics, ports } from '../../services/contract';
import type { DatabaseConfig } from '../config/store-config';
import { instanceType, logsFirst, postgresEngine, storageAndInsights } from './database-instance';
import { DatabasePasswords } from './database-passwords';
import { EncryptedLogs, type LogSettings } from './encrypted-logs';
import { generatedPassword } from './generated-password';
import type { Network } from './network';

export interface DatabaseProps extends Omit<DatabaseConfig, 'readReplicas' | 'proxy'>, LogSettings {
  readonly network: Network;
  /** Slow queries are counted in its namespace. */
  readonly storeName: string;
  /** Physical name: log groups are named after it, and CloudFormation refuses to replace what has a name. */
  readonly instanceIdentifier: string;
  /** Physical name of the function that rotates the master secret: its log group is named after it. */
  readonly rotationFunctionName: string;
}

/** Primary of RDS for PostgreSQL. Services log in by IAM or by passwords of their own; the master secret only creates roles and mends their log-in. */
export class Database extends Construct implements ec2.IConnectable {
  readonly instance: rds.DatabaseInstance | rds.DatabaseInstanceFromSnapshot;
  readonly masterSecret: secretsmanager.ISecret;
  /** undefined: roles log in by IAM. */
  readonly passwords: DatabasePasswords | undefined;
  readonly host: string;
  readonly parameterGroup: rds.ParameterGroup;
  readonly securityGroup: ec2.SecurityGroup;
  readonly subnetGroup: rds.SubnetGroup;
  readonly monitoringRole: iam.Role;
  /** Peers get the literal port: rules with the endpoint's port cannot be read by scanners. */
  readonly connections: ec2.Connections;

  constructor(scope: Construct, id: string, props: DatabaseProps) {
    super(scope, id);
    this.securityGroup = props.network.closedSecurityGroup(this, 'SecurityGroup', 'PostgreSQL: from tasks and proxy');
    this.connections = new ec2.Connections({
      securityGroups: [this.securityGroup],
      defaultPort: ec2.Port.tcp(ports.postgres),
    });
    this.parameterGroup = parameters(this, props);
    this.subnetGroup = new rds.SubnetGroup(this, 'Subnets', {
      description: 'Data subnets of the store',
      vpc: props.network.vpc,
      vpcSubnets: props.network.dataSubnets,
    });
    this.monitoringRole = new iam.Role(this, 'Monitoring', {
      assumedBy: new iam.ServicePrincipal('monitoring.rds.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonRDSEnhancedMonitoringRole')],
    });

    this.passwords =
      props.login === 'password'
        ? new DatabasePasswords(this, 'Passwords', { key: props.key, roles: Object.values(databaseRoles) })
        : undefined;
    this.instance = primary(this, props, masterSecret(this, props));
    const [statements] = logsFirst(this.instance, props.instanceIdentifier, primaryLogs, props);
    if (statements) countSlowQueries(statements, props.storeName);
    this.host = this.instance.dbInstanceEndpointAddress;
    this.masterSecret = this.instance.secret as secretsmanager.ISecret; // the same secret, with host and port attached
    if (props.network.hasNatGateway) rotateMonthly(this, props);
  }

  /** Lets the grantee log in as a role of PostgreSQL; by IAM at the primary itself, by password at its replicas too. */
  grantLogin(grantee: iam.IGrantable, role: string): void {
    if (this.passwords) this.passwords.grantLogin(grantee, role);
    else this.instance.grantConnect(grantee, role);
  }
}

/** PostgreSQL writes one line for each statement above the limit of `log_min_duration_statement`. */
function countSlowQueries(logs: EncryptedLogs, storeName: string): void {
  logs.addMetricFilter('SlowQueries', {
    filterPattern: FilterPattern.literal('"LOG:  duration: "'),
    metricNamespace: metricNamespace(storeName),
    metricName: metrics.slowQueries,
    defaultValue: 0,
    unit: Unit.COUNT,
  });
}

const primaryLogs = ['postgresql', 'upgrade'];

/** The CDK's own secret gets a new logical ID, and so a new password, when a release changes its rules for passwords. */
function masterSecret(scope: Construct, { key }: DatabaseProps): secretsmanager.ISecret {
  return generatedPassword(scope, 'MasterSecret', {
    description: 'Master user of PostgreSQL; creates the roles that services log in as',
    username: databaseMasterUser,
    length: 30,
    key,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

function primary(scope: Database, props: DatabaseProps, secret: secretsmanager.ISecret): Database['instance'] {
  const common = {
    ...storageAndInsights(props),
    instanceIdentifier: props.instanceIdentifier,
    cloudwatchLogsExports: primaryLogs,
    monitoringRole: scope.monitoringRole,
    engine: postgresEngine(props.engineVersion),
    instanceType: instanceType(props.instanceClass),
    allocatedStorage: props.storageGb,
    multiAz: props.multiAz,
    databaseInsightsMode: rds.DatabaseInsightsMode.STANDARD, // RDS takes it for the primary alone
    vpc: props.network.vpc,
    subnetGroup: scope.subnetGroup,
    securityGroups: [scope.securityGroup],
    parameterGroup: scope.parameterGroup,
    backupRetention: Duration.days(props.backupRetentionDays),
    deleteAutomatedBackups: false,
    preferredBackupWindow: '03:00-04:00', // UTC; before the maintenance window, after the nightly analytics
    preferredMaintenanceWindow: 'sun:04:30-sun:05:30',
    deletionProtection: props.deletionProtection,
    removalPolicy: RemovalPolicy.SNAPSHOT,
  };
  if (props.snapshotIdentifier) {
    return new rds.DatabaseInstanceFromSnapshot(scope, 'Primary', {
      ...common,
      snapshotIdentifier: props.snapshotIdentifier,
      credentials: rds.SnapshotCredentials.fromSecret(secret),
    });
  }
  return new rds.DatabaseInstance(scope, 'Primary', {
    ...common,
    databaseName,
    credentials: rds.Credentials.fromSecret(secret, databaseMasterUser),
    storageEncrypted: true,
    storageEncryptionKey: props.key,
  });
}

/** In the logical ID stands the major version: a family cannot change in place. */
function parameters(scope: Construct, { engineVersion }: DatabaseProps): rds.ParameterGroup {
  return new rds.ParameterGroup(scope, `Parameters${engineVersion}`, {
    engine: postgresEngine(engineVersion),
    description: `PostgreSQL ${engineVersion} of the store`,
    parameters: {
      'rds.force_ssl': '1',
      shared_preload_libraries: 'pg_stat_statements',
      'pg_stat_statements.track': 'top',
      log_min_duration_statement: String(slowQuery.most), // ms
      log_parameter_max_length: '0', // slow statements are logged without the values of customers
      log_lock_waits: '1',
      log_autovacuum_min_duration: '10000', // ms
      idle_in_transaction_session_timeout: '60000', // ms; a forgotten transaction blocks vacuum
    },
  });
}

/** The rotation's function reaches Secrets Manager through the NAT gateway, so only where there is one. */
function rotateMonthly(scope: Database, { network, rotationFunctionName, ...props }: DatabaseProps): void {
  const securityGroup = network.closedSecurityGroup(scope, 'RotationSecurityGroup', 'Rotation of the master secret');
  securityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'Secrets Manager');
  securityGroup.connections.allowToDefaultPort(scope, 'PostgreSQL');
  const logs = new EncryptedLogs(scope, 'RotationLogs', { ...props, logGroupName: `/aws/lambda/${rotationFunctionName}` });
  const rotation = scope.masterSecret.addRotationSchedule('Rotation', {
    automaticallyAfter: Duration.days(30),
    rotateImmediatelyOnUpdate: false, // a change of size must not change the password under running migrations
    hostedRotation: secretsmanager.HostedRotation.postgreSqlSingleUser({
      functionName: rotationFunctionName,
      vpc: network.vpc,
      vpcSubnets: network.applicationSubnets,
      securityGroups: [securityGroup],
    }),
  });
  rotation.node.addDependency(logs);
}
