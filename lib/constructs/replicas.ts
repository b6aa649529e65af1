import { RemovalPolicy } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import type { DatabaseConfig } from '../config/store-config';
import type { Database } from './database';
import { instanceType, logsFirst, storageAndInsights } from './database-instance';
import type { LogSettings } from './encrypted-logs';
import type { Network } from './network';

export interface ReplicasProps
  extends Pick<DatabaseConfig, 'instanceClass' | 'storageGb' | 'iops' | 'throughputMiBps' | 'login'>,
    LogSettings {
  readonly database: Database;
  readonly network: Network;
  /** A physical name for each replica, in order. */
  readonly instanceIdentifiers: readonly string[];
}

/** Read replicas: expendable copies, so nothing protects them and nothing is kept of them. */
export class Replicas extends Construct {
  readonly instances: readonly rds.DatabaseInstanceReadReplica[];
  readonly hosts: readonly string[];
  private readonly byPassword: boolean;

  constructor(scope: Construct, id: string, props: ReplicasProps) {
    super(scope, id);
    this.byPassword = props.login === 'password';
    this.instances = props.instanceIdentifiers.map((identifier, index) =>
      replica(this, `Replica${index + 1}`, identifier, props),
    );
    this.hosts = this.instances.map((instance) => instance.dbInstanceEndpointAddress);
  }

  /** Lets the grantee log in by IAM as a role of PostgreSQL; a password of the primary holds here too. */
  grantLogin(grantee: iam.IGrantable, role: string): void {
    if (this.byPassword) return;
    for (const instance of this.instances) instance.grantConnect(grantee, role);
  }
}

const replicaLogs = ['postgresql'];

function replica(
  scope: Construct,
  id: string,
  instanceIdentifier: string,
  props: ReplicasProps,
): rds.DatabaseInstanceReadReplica {
  const instance = new rds.DatabaseInstanceReadReplica(scope, id, {
    ...storageAndInsights(props), // the stock default is gp2
    sourceDatabaseInstance: props.database.instance,
    instanceIdentifier,
    cloudwatchLogsExports: replicaLogs,
    instanceType: instanceType(props.instanceClass),
    allocatedStorage: props.storageGb, // without it the replica has the size that the primary once had
    vpc: props.network.vpc,
    subnetGroup: props.database.subnetGroup,
    securityGroups: [props.database.securityGroup],
    parameterGroup: props.database.parameterGroup, // encryption is the primary's: RDS refuses the properties on a replica
    monitoringRole: props.database.monitoringRole,
    deletionProtection: false,
    removalPolicy: RemovalPolicy.DESTROY, // RDS takes no last snapshot of a replica
  });
  logsFirst(instance, instanceIdentifier, replicaLogs, props);
  return instance;
}
