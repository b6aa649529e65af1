import { add, allow, change, type Mutation, rename, withoutDependency } from './mutation';

export const mutations: readonly Mutation[] = [
  // State and change of size
  {
    breaks: 'the logical ID of the database is renamed',
    in: 'large',
    turnsRed: 'what holds state keeps its logical ID in every size',
    mutate: (template) => rename(template, 'DatabasePrimaryEDE0B3D0', 'DatabaseInstanceEDE0B3D0'),
  },
  {
    breaks: 'a queue disappears from one size',
    in: 'small',
    turnsRed: 'what holds state keeps its logical ID in every size',
    mutate: (template) => delete template.Resources.QueuesAnalyticsAF2EA5E1,
  },
  {
    breaks: 'the backup vault leaves where no plan fills it',
    in: 'small',
    turnsRed: 'what holds state keeps its logical ID in every size',
    mutate: (template) => delete template.Resources.BackupsVault1F11AFCC,
  },
  {
    breaks: 'the backup vault is renamed in one size',
    in: 'large',
    turnsRed: 'what holds state keeps its logical ID in every size',
    mutate: (template) => rename(template, 'BackupsVault1F11AFCC', 'BackupsCopies1F11AFCC'),
  },
  {
    breaks: 'a table of DynamoDB joins one size',
    in: 'small',
    turnsRed: 'what holds state keeps its logical ID in every size',
    mutate: add('Carts', 'AWS::DynamoDB::Table', {}),
  },
  {
    breaks: 'the database is deleted without a snapshot',
    in: 'medium',
    turnsRed: 'what holds state is kept or snapshot when it leaves the stack',
    mutate: change('AWS::RDS::DBInstance', (_, resource) => (resource.DeletionPolicy = 'Delete'), 'DatabasePrimary'),
  },
  {
    breaks: 'the backup vault is deleted with the stack',
    in: 'medium',
    turnsRed: 'what holds state is kept or snapshot when it leaves the stack',
    mutate: change('AWS::Backup::BackupVault', (_, resource) => (resource.DeletionPolicy = 'Delete')),
  },
  {
    breaks: 'a replica asks for a snapshot on its deletion',
    in: 'medium',
    turnsRed: 'a replica is deleted without a snapshot, since RDS takes none of it',
    mutate: change('AWS::RDS::DBInstance', (_, resource) => (resource.DeletionPolicy = 'Snapshot'), 'Replicas'),
  },
  {
    breaks: 'storage autoscaling is turned on',
    in: 'large',
    turnsRed: 'storage does not autoscale above the template, where the next deployment would shrink it',
    mutate: change('AWS::RDS::DBInstance', (properties) => (properties.MaxAllocatedStorage = 1000)),
  },
  {
    breaks: 'the proxy gets a name that every store has',
    in: 'medium',
    turnsRed: 'create-only names come from the store, so that two stores live in one region',
    mutate: change('AWS::RDS::DBProxy', (properties) => (properties.DBProxyName = 'Proxy')),
  },
  {
    breaks: 'the budget is named',
    in: 'small',
    turnsRed: 'the budget has no name and tells a topic, since name and subscribers are create-only',
    mutate: change('AWS::Budgets::Budget', ({ Budget }) => (Budget.BudgetName = 'shop')),
  },
  {
    breaks: 'the proxy moves to two subnets in one size',
    in: 'enterprise',
    turnsRed: 'the proxy stands in the same subnets in every size, since they are create-only',
    mutate: change('AWS::RDS::DBProxy', ({ VpcSubnetIds }) => VpcSubnetIds.pop()),
  },
  {
    breaks: 'a single cache node becomes two in place',
    in: 'small',
    turnsRed: 'the cache’s topology and its parameters are in their logical IDs',
    mutate: change('AWS::ElastiCache::ReplicationGroup', (properties) => (properties.NumCacheClusters = 2)),
  },
  {
    breaks: 'the cache cluster loses its replicas',
    in: 'large',
    turnsRed: 'a cache cluster has replicas, since without any it cannot be updated',
    mutate: change('AWS::ElastiCache::ReplicationGroup', (properties) => (properties.ReplicasPerNodeGroup = 0)),
  },
  {
    breaks: 'the VPC origin is tagged',
    in: 'medium',
    turnsRed: 'a VPC origin has no tags, and protocol, port and load balancer are in its logical ID',
    mutate: change('AWS::CloudFront::VpcOrigin', (properties) => (properties.Tags = [{ Key: 'store', Value: 'shop' }])),
  },
  {
    breaks: 'a service gets a launch type',
    in: 'small',
    turnsRed: 'services are placed by capacity providers, since a launch type is create-only',
    mutate: change('AWS::ECS::Service', (properties) => (properties.LaunchType = 'FARGATE')),
  },
  {
    breaks: 'deployments stop half of the tasks first',
    in: 'large',
    turnsRed: 'deployments roll; native blue/green would reset listener weights',
    mutate: change('AWS::ECS::Service', ({ DeploymentConfiguration }) => (DeploymentConfiguration.MinimumHealthyPercent = 50)),
  },
  {
    breaks: 'the desired count is back',
    in: 'medium',
    turnsRed: 'no desired count stands in the template, where a deployment would undo what scaling did',
    mutate: change('AWS::ECS::Service', (properties) => (properties.DesiredCount = 2)),
  },
  {
    breaks: 'one size encrypts the database with another key',
    in: 'enterprise',
    turnsRed: 'what RDS lets nobody change later is the same in every size',
    mutate: change('AWS::RDS::DBInstance', (properties) => (properties.KmsKeyId = 'alias/aws/rds'), 'DatabasePrimary'),
  },
  {
    breaks: 'a replica is on gp2',
    in: 'medium',
    turnsRed: 'a replica has gp3 and the primary’s storage',
    mutate: change('AWS::RDS::DBInstance', (properties) => (properties.StorageType = 'gp2'), 'Replicas'),
  },
  {
    breaks: 'IOPS are asked for below 400 GB',
    in: 'small',
    turnsRed: 'IOPS and throughput are given from 400 GB up and never below',
    mutate: change('AWS::RDS::DBInstance', (properties) => (properties.Iops = 3000)),
  },
  {
    breaks: 'the size gets into a name',
    in: 'medium',
    turnsRed: 'the size is in no name: stack, logical ID or physical name',
    mutate: (template) => rename(template, 'CacheSecurityGroup79A9F160', 'MediumCacheSecurityGroup79A9F160'),
  },
  {
    breaks: 'the size ends the name of the proxy',
    in: 'medium',
    turnsRed: 'the size is in no name: stack, logical ID or physical name',
    mutate: change('AWS::RDS::DBProxy', (properties) => (properties.DBProxyName = 'shop-proxy-medium')),
  },
  {
    breaks: 'the smallest size stands in the name of the database',
    in: 'small',
    turnsRed: 'the size is in no name: stack, logical ID or physical name',
    mutate: change('AWS::RDS::DBInstance', (properties) => (properties.DBInstanceIdentifier = 'shop-small-database')),
  },
  {
    breaks: 'the size is a part of a longer name',
    in: 'large',
    turnsRed: 'the size is in no name: stack, logical ID or physical name',
    mutate: change('AWS::ElastiCache::UserGroup', (properties) => (properties.UserGroupId = 'shopLargeUsers')),
  },
  {
    breaks: 'the stack is called after its size',
    in: 'enterprise',
    turnsRed: 'the size is in no name: stack, logical ID or physical name',
    mutate: change(
      'AWS::ApplicationAutoScaling::ScalingPolicy',
      (properties) => (properties.PolicyName = 'Store-shop-enterprise-Cpu'),
    ),
  },
  {
    breaks: 'an output other than the tier is named after the size',
    in: 'small',
    turnsRed: 'the size is in no name: stack, logical ID or physical name',
    mutate: (template) => (template.Outputs.SmallUrl = { Value: 'https://shop.example' }),
  },
  {
    breaks: 'a bucket is emptied by a custom resource',
    in: 'small',
    turnsRed: 'no custom resource hides a Lambda function',
    mutate: (template) => (template.Resources.Emptier = { Type: 'Custom::S3AutoDeleteObjects', Properties: {} }),
  },
  {
    breaks: 'a second function comes along with a construct',
    in: 'medium',
    turnsRed: 'no custom resource hides a Lambda function',
    mutate: add('LogRetention', 'AWS::Lambda::Function', {}),
  },
  {
    breaks: 'one size numbers its subnets otherwise',
    in: 'large',
    turnsRed: 'the network is the same in every size but for NAT gateways',
    mutate: change('AWS::EC2::Subnet', (properties) => (properties.CidrBlock = '10.0.64.0/20')),
  },
  // Start and order
  {
    breaks: 'the API starts before its routes',
    in: 'medium',
    turnsRed: 'services start after the default routes of their subnets',
    mutate: withoutDependency('AWS::ECS::Service', 'Api', 'DefaultRoute'),
  },
  {
    breaks: 'the worker starts before the proxy has a target',
    in: 'large',
    turnsRed: 'services start after the capacity providers and the proxy’s targets',
    mutate: withoutDependency('AWS::ECS::Service', 'Worker', 'TargetGroup'),
  },
  {
    breaks: 'nothing asks the worker for its health',
    in: 'small',
    turnsRed: 'what a service runs is asked for its health, by a load balancer or by its container',
    mutate: change(
      'AWS::ECS::TaskDefinition',
      ({ ContainerDefinitions }) => {
        for (const container of ContainerDefinitions) delete container.HealthCheck;
      },
      'Worker',
    ),
  },
  {
    breaks: 'the worker starts beside the API',
    in: 'small',
    turnsRed: 'the worker starts after the API, whose migrations create its role',
    mutate: withoutDependency('AWS::ECS::Service', 'Worker', 'ApiTasksService'),
  },
  {
    breaks: 'the VPC origin is made before the Internet gateway',
    in: 'small',
    turnsRed: 'the VPC origin comes after the Internet gateway',
    mutate: withoutDependency('AWS::CloudFront::VpcOrigin', '', 'VPCGW'),
  },
  {
    breaks: 'the CDN keeps an idle connection as long as the load balancer',
    in: 'small',
    turnsRed: 'whoever asks closes an idle connection first: the CDN before the load balancer, that before the API',
    mutate: change('AWS::CloudFront::Distribution', ({ DistributionConfig }) => {
      for (const { VpcOriginConfig } of DistributionConfig.Origins)
        if (VpcOriginConfig) VpcOriginConfig.OriginKeepaliveTimeout = 25;
    }),
  },
  {
    breaks: 'the CDN keeps a 503 for its default of ten seconds',
    in: 'medium',
    turnsRed: 'the CDN keeps no failure of the API, which its Cache-Control could not forbid',
    mutate: change('AWS::CloudFront::Distribution', ({ DistributionConfig }) =>
      DistributionConfig.CustomErrorResponses.splice(2, 1),
    ),
  },
  {
    breaks: 'the load balancer admits the VPC instead of CloudFront',
    in: 'medium',
    turnsRed: 'the load balancer admits CloudFront’s prefix list on one port, in a group that admits nothing else',
    mutate: change(
      'AWS::EC2::SecurityGroupIngress',
      (properties) => {
        delete properties.SourcePrefixListId;
        properties.CidrIp = '10.0.0.0/16';
      },
      'LoadBalancer',
    ),
  },
  {
    breaks: 'the proxy’s role has no policy',
    in: 'medium',
    turnsRed: 'the proxy’s role may log in as the services’ roles, and the tasks at the proxy',
    mutate: change('AWS::IAM::Role', (properties) => delete properties.Policies, 'ProxyRole'),
  },
  {
    breaks: 'a replica takes no IAM log-in',
    in: 'large',
    turnsRed: 'IAM log-in is on at primary and replicas where services log in so, and named users are the only ones',
    mutate: change('AWS::RDS::DBInstance', (properties) => (properties.EnableIAMDatabaseAuthentication = false), 'Replicas'),
  },
  {
    breaks: 'the proxy targets a replica',
    in: 'large',
    turnsRed: 'a proxy targets the primary, never a replica',
    mutate: change(
      'AWS::RDS::DBProxyTargetGroup',
      (properties) => (properties.DBInstanceIdentifiers = [{ Ref: 'ReplicasReplica1' }]),
    ),
  },
  {
    breaks: 'RDS manages the master password',
    in: 'medium',
    turnsRed: 'the master password is a secret of the stack, since RDS manages none where PostgreSQL has replicas',
    mutate: change('AWS::RDS::DBInstance', (properties) => (properties.ManageMasterUserPassword = true), 'DatabasePrimary'),
  },
  {
    breaks: 'rotation turns to the proxy as its host',
    in: 'large',
    turnsRed: 'rotation is hosted, single user, at the instance, not on update, and only where a NAT gateway exists',
    mutate: change(
      'AWS::SecretsManager::SecretTargetAttachment',
      (properties) => (properties.TargetId = { Ref: 'ProxyE947DB46' }),
    ),
  },
  {
    breaks: 'every update rotates the password',
    in: 'medium',
    turnsRed: 'rotation is hosted, single user, at the instance, not on update, and only where a NAT gateway exists',
    mutate: change('AWS::SecretsManager::RotationSchedule', (properties) => (properties.RotateImmediatelyOnUpdate = true)),
  },
  {
    breaks: 'a fourth zone is asked for',
    in: 'enterprise',
    turnsRed: 'index 2 of the account’s zones is asked for only where three zones are meant',
    mutate: change('AWS::EC2::Subnet', ({ AvailabilityZone }) => (AvailabilityZone['Fn::Select'][0] = 3)),
  },
  {
    breaks: 'a subnet asks for a third zone where there are two',
    in: 'inTwoZones',
    turnsRed: 'a store in two zones asks for no third, which the account may not have',
    mutate: change('AWS::EC2::Subnet', ({ AvailabilityZone }) => (AvailabilityZone['Fn::Select'][0] = 2)),
  },
  {
    breaks: 'ECS ends migrations after two minutes',
    in: 'small',
    turnsRed: 'migrations run before the service, with time enough, and only their program gets the master secret',
    mutate: change(
      'AWS::ECS::TaskDefinition',
      ({ ContainerDefinitions }) => (ContainerDefinitions[0].StartTimeout = 120),
      'ApiTasks',
    ),
  },
  {
    breaks: 'the API gets the master secret',
    in: 'medium',
    turnsRed: 'migrations run before the service, with time enough, and only their program gets the master secret',
    mutate: change(
      'AWS::ECS::TaskDefinition',
      ({ ContainerDefinitions }) => (ContainerDefinitions[1].Secrets = ContainerDefinitions[0].Secrets),
      'Api',
    ),
  },
  {
    breaks: 'the API’s task role reads secrets',
    in: 'small',
    turnsRed: 'nothing but execution roles may read a secret, and tasks the passwords of their own roles',
    mutate: change(
      'AWS::IAM::Policy',
      ({ PolicyDocument }) =>
        PolicyDocument.Statement.push({
          Effect: 'Allow',
          Action: 'secretsmanager:GetSecretValue',
          Resource: { Ref: 'DatabaseMasterSecretC5C2A01F' },
        }),
      'ApiTasksTaskTaskRole',
    ),
  },
  {
    breaks: 'a scaling policy takes the ID of its target for that of the service',
    in: 'small',
    turnsRed: 'scaling policies name their target in a way that AWS takes',
    mutate: change('AWS::ApplicationAutoScaling::ScalingPolicy', (properties) => {
      properties.ResourceId = properties.ScalingTargetId;
      delete properties.ScalingTargetId;
    }),
  },
  {
    breaks: 'a scaling policy refers to a service instead of a target',
    in: 'large',
    turnsRed: 'scaling policies name their target in a way that AWS takes',
    mutate: change(
      'AWS::ApplicationAutoScaling::ScalingPolicy',
      (properties) => (properties.ScalingTargetId = { Ref: 'ApiTasksService11A619A5' }),
    ),
  },
  // Rights and limits
  {
    breaks: 'AWS Cost Anomaly Detection may not use the key of the topic',
    in: 'withOutsideServices',
    turnsRed: 'AWS Cost Anomaly Detection may publish to the topic that it tells, and encrypt with its key',
    mutate: change(
      'AWS::KMS::Key',
      ({ KeyPolicy }) =>
        (KeyPolicy.Statement = KeyPolicy.Statement.filter(({ Sid }: { Sid?: string }) => Sid !== 'TopicPublishers')),
    ),
  },
  {
    breaks: 'the topic lets AWS Cost Anomaly Detection publish nothing',
    in: 'withOutsideServices',
    turnsRed: 'AWS Cost Anomaly Detection may publish to the topic that it tells, and encrypt with its key',
    mutate: change(
      'AWS::SNS::TopicPolicy',
      ({ PolicyDocument }) =>
        (PolicyDocument.Statement = PolicyDocument.Statement.filter(
          ({ Sid }: { Sid?: string }) => Sid !== 'PublishersOfThisAccount',
        )),
      'AlertsTicket',
    ),
  },
  {
    breaks: 'a topic is encrypted with the key of SNS',
    in: 'medium',
    turnsRed: 'topics are encrypted with the store’s key, which lets alarms, budgets, events and RDS publish',
    mutate: change(
      'AWS::KMS::Key',
      ({ KeyPolicy }) =>
        (KeyPolicy.Statement = KeyPolicy.Statement.filter(({ Sid }: { Sid?: string }) => Sid !== 'TopicPublishers')),
    ),
  },
  {
    breaks: 'a key of Stripe stands in the template',
    in: 'withOutsideServices',
    turnsRed: 'a variable that holds a secret gets it from Secrets Manager, never as plain text of the template',
    mutate: change(
      'AWS::ECS::TaskDefinition',
      ({ ContainerDefinitions }) => ContainerDefinitions[1].Environment.push({ Name: 'STRIPE_SECRET_KEY', Value: 'sk_test_1' }),
      'Worker',
    ),
  },
  {
    breaks: 'a key of Stripe is a parameter instead of a secret',
    in: 'withOutsideServices',
    turnsRed: 'a variable that holds a secret gets it from Secrets Manager, never as plain text of the template',
    mutate: change(
      'AWS::ECS::TaskDefinition',
      ({ ContainerDefinitions }) =>
        (ContainerDefinitions[1].Secrets[0].ValueFrom = 'arn:aws:ssm:us-east-1:111122223333:parameter/stripe'),
      'Api',
    ),
  },
  {
    breaks: 'the worker itself reads the secret of Stripe',
    in: 'withOutsideServices',
    turnsRed:
      'nothing but execution roles may read the secrets of Stripe, of the captcha and of signed links, the last two the API’s alone',
    mutate: allow(
      'WorkerTasksTaskTaskRole',
      'secretsmanager:GetSecretValue',
      'arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf',
    ),
  },
  {
    breaks: 'the task of the worker may be started with the key of the captcha',
    in: 'withOutsideServices',
    turnsRed:
      'nothing but execution roles may read the secrets of Stripe, of the captcha and of signed links, the last two the API’s alone',
    mutate: allow(
      'WorkerTasksTaskExecutionRole',
      'secretsmanager:GetSecretValue',
      'arn:aws:secretsmanager:us-east-1:111122223333:secret:captcha-AbCdEf',
    ),
  },
  {
    breaks: 'the task of the worker may be started with the key of signed links',
    in: 'withOutsideServices',
    turnsRed:
      'nothing but execution roles may read the secrets of Stripe, of the captcha and of signed links, the last two the API’s alone',
    mutate: allow(
      'WorkerTasksTaskExecutionRole',
      'secretsmanager:GetSecretValue',
      'arn:aws:secretsmanager:us-east-1:111122223333:secret:files-AbCdEf',
    ),
  },
  {
    breaks: 'the worker may send as anybody',
    in: 'withOutsideServices',
    turnsRed: 'e-mails are sent by the worker alone, and as the store’s sender alone',
    mutate: allow('WorkerTasksTaskTaskRole', 'ses:SendEmail', '*'),
  },
  {
    breaks: 'the API may send e-mails too',
    in: 'withOutsideServices',
    turnsRed: 'e-mails are sent by the worker alone, and as the store’s sender alone',
    mutate: allow('ApiTasksTaskTaskRole', 'ses:SendEmail', '*'),
  },
  {
    breaks: 'the firewall reads X-Forwarded-For',
    in: 'large',
    turnsRed: 'the firewall counts viewers by the header that the CDN overwrites, not by one that they write',
    mutate: change(
      'AWS::WAFv2::WebACL',
      ({ Rules }) => (Rules[0].Statement.RateBasedStatement.ForwardedIPConfig.HeaderName = 'X-Forwarded-For'),
    ),
  },
  {
    breaks: 'uploads over 8 KB are blocked',
    in: 'medium',
    turnsRed: 'the common rule set counts bodies over 8 KB instead of blocking uploads',
    mutate: change('AWS::WAFv2::WebACL', ({ Rules }) => delete Rules[1].Statement.ManagedRuleGroupStatement.RuleActionOverrides),
  },
  {
    breaks: 'the budget counts by tag',
    in: 'large',
    turnsRed: 'the budget counts the account: by a tag it would read zero until the payer activates the tag',
    mutate: change('AWS::Budgets::Budget', ({ Budget }) => (Budget.CostFilters = { TagKeyValue: ['user:store$shop'] })),
  },
  {
    breaks: 'a rule takes its port from the endpoint',
    in: 'small',
    turnsRed: 'ports stand as numbers in the rules of security groups',
    mutate: change(
      'AWS::EC2::SecurityGroupIngress',
      (properties) => (properties.FromPort = { 'Fn::GetAtt': ['DatabasePrimaryEDE0B3D0', 'Endpoint.Port'] }),
    ),
  },
  {
    breaks: 'the firewall is made for the CDN',
    in: 'medium',
    turnsRed: 'the firewall is regional: what has CLOUDFRONT scope lives in us-east-1 alone',
    mutate: change('AWS::WAFv2::WebACL', (properties) => (properties.Scope = 'CLOUDFRONT')),
  },
  {
    breaks: 'a fourth Elastic IP is taken',
    in: 'large',
    turnsRed: 'one store takes three Elastic IPs at the most, of the five that a region gives',
    mutate: add('FourthAddress', 'AWS::EC2::EIP', { Domain: 'vpc' }),
  },
  {
    breaks: 'usage metadata goes into the template',
    in: 'small',
    turnsRed: 'synthesis reports nothing to AWS: no usage metadata, no version reporting, no notices',
    mutate: add('CDKMetadata', 'AWS::CDK::Metadata', { Analytics: 'v2:deflate64:' }),
  },
  {
    breaks: 'running tasks are told by the average of their CPU',
    in: 'medium',
    turnsRed: 'the worker scales on running tasks told by samples of a free metric',
    mutate: change(
      'AWS::ApplicationAutoScaling::ScalingPolicy',
      ({ TargetTrackingScalingPolicyConfiguration: { CustomizedMetricSpecification } }) => {
        const tasks = CustomizedMetricSpecification.Metrics.find(({ Id }: { Id: string }) => Id === 'tasks');
        tasks.MetricStat.Stat = 'Average';
      },
      'WorkerBacklog',
    ),
  },
  // Protection
  {
    breaks: 'Multi-AZ is off',
    in: 'small',
    turnsRed: 'the primary is Multi-AZ, encrypted, protected from deletion and backed up for a week or more',
    mutate: change('AWS::RDS::DBInstance', (properties) => (properties.MultiAZ = false), 'DatabasePrimary'),
  },
  {
    breaks: 'PostgreSQL takes plain text',
    in: 'small',
    turnsRed: 'PostgreSQL takes TLS only',
    mutate: change('AWS::RDS::DBParameterGroup', ({ Parameters }) => (Parameters['rds.force_ssl'] = '0')),
  },
  {
    breaks: 'TLS is off on the cache',
    in: 'medium',
    turnsRed: 'the cache is encrypted in transit and at rest, and the default user is off',
    mutate: change('AWS::ElastiCache::ReplicationGroup', (properties) => (properties.TransitEncryptionEnabled = false)),
  },
  {
    breaks: 'one API task is enough',
    in: 'small',
    turnsRed: 'two API tasks or more run in each size',
    mutate: change('AWS::ApplicationAutoScaling::ScalableTarget', (properties) => (properties.MinCapacity = 1), 'Api'),
  },
  {
    breaks: 'a queue loses its dead letters',
    in: 'small',
    turnsRed: 'each queue has dead letters, of its own kind and kept longer than its messages',
    mutate: change('AWS::SQS::Queue', (properties) => delete properties.RedrivePolicy, 'QueuesEmail7'),
  },
  {
    breaks: 'dead letters end before their source',
    in: 'medium',
    turnsRed: 'each queue has dead letters, of its own kind and kept longer than its messages',
    mutate: change('AWS::SQS::Queue', (properties) => (properties.MessageRetentionPeriod = 86_400), 'QueuesPaymentsDeadLetters'),
  },
  {
    breaks: 'a bucket is made public',
    in: 'medium',
    turnsRed: 'buckets are private and versioned',
    mutate: change(
      'AWS::S3::Bucket',
      ({ PublicAccessBlockConfiguration }) => (PublicAccessBlockConfiguration.BlockPublicPolicy = false),
      'FilesMedia',
    ),
  },
  {
    breaks: 'a queue takes plain text',
    in: 'large',
    turnsRed: 'buckets, queues and topics refuse what comes without TLS',
    mutate: change('AWS::SQS::QueuePolicy', ({ PolicyDocument }) => (PolicyDocument.Statement = []), 'QueuesEmail'),
  },
  {
    breaks: 'a security group is opened to the world',
    in: 'medium',
    turnsRed: 'no security group lets the Internet in',
    mutate: change(
      'AWS::EC2::SecurityGroup',
      (properties) =>
        (properties.SecurityGroupIngress = [{ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432 }]),
      'Database',
    ),
  },
  {
    breaks: 'tasks may reach every port of the Internet',
    in: 'small',
    turnsRed: 'out of the VPC go only tasks and rotation, and only to port 443',
    mutate: change(
      'AWS::EC2::SecurityGroup',
      (properties) => (properties.SecurityGroupEgress = [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }]),
      'ApiTasks',
    ),
  },
  {
    breaks: 'the database may reach the Internet',
    in: 'small',
    turnsRed: 'out of the VPC go only tasks and rotation, and only to port 443',
    mutate: change(
      'AWS::EC2::SecurityGroup',
      (properties) => (properties.SecurityGroupEgress = [{ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }]),
      'DatabaseSecurityGroup',
    ),
  },
  {
    breaks: 'a rule of its own lets the cache reach the Internet',
    in: 'large',
    turnsRed: 'out of the VPC go only tasks and rotation, and only to port 443',
    mutate: add('CacheEgress', 'AWS::EC2::SecurityGroupEgress', {
      GroupId: { 'Fn::GetAtt': ['CacheSecurityGroup79A9F160', 'GroupId'] },
      CidrIp: '0.0.0.0/0',
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
    }),
  },
  {
    breaks: 'a rule of its own lets the proxy reach every address of IPv6',
    in: 'medium',
    turnsRed: 'out of the VPC go only tasks and rotation, and only to port 443',
    mutate: add('ProxyEgress', 'AWS::EC2::SecurityGroupEgress', {
      GroupId: { 'Fn::GetAtt': ['ProxySecurityGroup31CCABE3', 'GroupId'] },
      CidrIpv6: '::/0',
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
    }),
  },
  {
    breaks: 'a group has no rule for what goes out, and so lets everything out',
    in: 'medium',
    turnsRed: 'out of the VPC go only tasks and rotation, and only to port 443',
    mutate: change('AWS::EC2::SecurityGroup', (properties) => delete properties.SecurityGroupEgress, 'CacheSecurityGroup'),
  },
  {
    breaks: 'the load balancer faces the Internet',
    in: 'small',
    turnsRed: 'the load balancer is internal',
    mutate: change('AWS::ElasticLoadBalancingV2::LoadBalancer', (properties) => (properties.Scheme = 'internet-facing')),
  },
  {
    breaks: 'a data subnet gets a default route under another name',
    in: 'large',
    turnsRed: 'data subnets have no route out',
    mutate: add('WayOut', 'AWS::EC2::Route', {
      RouteTableId: { Ref: 'NetworkVpcDataSubnet1RouteTable3CF5D898' },
      DestinationCidrBlock: '0.0.0.0/0',
      NatGatewayId: { Ref: 'NetworkVpcPublicSubnet1NATGateway64781A21' },
    }),
  },
  {
    breaks: 'a data subnet takes the route table of a public one',
    in: 'small',
    turnsRed: 'data subnets have no route out',
    mutate: change(
      'AWS::EC2::SubnetRouteTableAssociation',
      (properties) => (properties.RouteTableId = { Ref: 'NetworkVpcPublicSubnet1RouteTable30235CE2' }),
      'NetworkVpcDataSubnet2',
    ),
  },
  {
    breaks: 'the database moves to the public subnets',
    in: 'medium',
    turnsRed: 'data subnets have no route out',
    mutate: change(
      'AWS::RDS::DBSubnetGroup',
      (properties) => (properties.SubnetIds = [{ Ref: 'NetworkVpcPublicSubnet1Subnet36933139' }]),
    ),
  },
  {
    breaks: 'logs are kept for ever',
    in: 'medium',
    turnsRed: 'log groups are encrypted and end after a time',
    mutate: change('AWS::Logs::LogGroup', (properties) => delete properties.RetentionInDays),
  },
  {
    breaks: 'the firewall logs authorization headers',
    in: 'medium',
    turnsRed: 'logs hold no cookies and no authorization',
    mutate: change('AWS::WAFv2::LoggingConfiguration', (properties) => delete properties.RedactedFields),
  },
  {
    breaks: 'the site is served over HTTP too',
    in: 'small',
    turnsRed: 'viewers reach every path over HTTPS only',
    mutate: change(
      'AWS::CloudFront::Distribution',
      ({ DistributionConfig }) => (DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy = 'allow-all'),
    ),
  },
  {
    breaks: 'the password is an environment variable',
    in: 'small',
    turnsRed: 'no variable of a container and no output is a secret',
    mutate: change(
      'AWS::ECS::TaskDefinition',
      ({ ContainerDefinitions }) => ContainerDefinitions[1].Environment.push({ Name: 'PGPASSWORD', Value: 'x' }),
      'ApiTasks',
    ),
  },
  {
    breaks: 'the variable for a secret’s name has its password',
    in: 'small',
    turnsRed: 'no variable of a container and no output is a secret',
    mutate: change(
      'AWS::ECS::TaskDefinition',
      ({ ContainerDefinitions }) =>
        ContainerDefinitions[1].Environment.push({
          Name: 'DATABASE_PASSWORD_SECRET',
          Value: '{{resolve:secretsmanager:store_app:SecretString:password}}',
        }),
      'WorkerTasks',
    ),
  },
  {
    breaks: 'the API may read the worker’s password',
    in: 'small',
    turnsRed: 'nothing but execution roles may read a secret, and tasks the passwords of their own roles',
    mutate: allow('ApiTasksTaskTaskRole', 'secretsmanager:GetSecretValue', { Ref: 'DatabasePasswordsstoreworker74420DD8' }),
  },
  {
    breaks: 'the small size has log-in by IAM, which takes memory that it has not',
    in: 'small',
    turnsRed: 'IAM log-in is on at primary and replicas where services log in so, and named users are the only ones',
    mutate: change('AWS::RDS::DBInstance', (properties) => (properties.EnableIAMDatabaseAuthentication = true)),
  },
  {
    breaks: 'the password is a parameter of the stack',
    in: 'small',
    turnsRed: 'no variable of a container and no output is a secret',
    mutate: (template) =>
      (template.Parameters = { ...(template.Parameters as object), DbPassword: { Type: 'String', Default: 'x' } }),
  },
  {
    breaks: 'a task may do everything with every bucket',
    in: 'large',
    turnsRed: 'statements name their resources; a star stands only where AWS knows no resource',
    mutate: change(
      'AWS::IAM::Policy',
      ({ PolicyDocument }) => PolicyDocument.Statement.push({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }),
      'ApiTasks',
    ),
  },
  {
    breaks: 'the star stands in a list',
    in: 'medium',
    turnsRed: 'statements name their resources; a star stands only where AWS knows no resource',
    mutate: allow('ApiTasks', 's3:GetObject', ['*']),
  },
  {
    breaks: 'every bucket is named by a pattern',
    in: 'small',
    turnsRed: 'statements name their resources; a star stands only where AWS knows no resource',
    mutate: allow('ApiTasks', 's3:GetObject', 'arn:aws:s3:::*'),
  },
  {
    breaks: 'every object of every bucket is named by a pattern',
    in: 'small',
    turnsRed: 'statements name their resources; a star stands only where AWS knows no resource',
    mutate: allow('WorkerTasks', 's3:GetObject', 'arn:aws:s3:::*/*'),
  },
  {
    breaks: 'every log group of the account is named by a pattern',
    in: 'large',
    turnsRed: 'statements name their resources; a star stands only where AWS knows no resource',
    mutate: allow('WorkerTasks', 'logs:PutLogEvents', {
      'Fn::Join': ['', ['arn:aws:logs:us-east-1:', { Ref: 'AWS::AccountId' }, ':*']],
    }),
  },
  {
    breaks: 'a statement leaves one resource out and so means all others',
    in: 'medium',
    turnsRed: 'statements name their resources; a star stands only where AWS knows no resource',
    mutate: change(
      'AWS::IAM::Policy',
      ({ PolicyDocument }) =>
        PolicyDocument.Statement.push({ Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::a' }),
      'ApiTasks',
    ),
  },
  {
    breaks: 'a bucket loses its tags',
    in: 'medium',
    turnsRed: 'everything that may be tagged carries the store and its part',
    mutate: change('AWS::S3::Bucket', (properties) => (properties.Tags = [{ Key: 'store', Value: 'shop' }])),
  },
  {
    breaks: 'a bucket has no tags at all',
    in: 'small',
    turnsRed: 'everything that may be tagged carries the store and its part',
    mutate: change('AWS::S3::Bucket', (properties) => delete properties.Tags),
  },
  {
    breaks: 'the backup vault loses its part',
    in: 'small',
    turnsRed: 'everything that may be tagged carries the store and its part',
    mutate: change('AWS::Backup::BackupVault', ({ BackupVaultTags }) => delete BackupVaultTags.part),
  },
  {
    breaks: 'the backup plan has no tags',
    in: 'large',
    turnsRed: 'everything that may be tagged carries the store and its part',
    mutate: change('AWS::Backup::BackupPlan', (properties) => delete properties.BackupPlanTags),
  },
  {
    breaks: 'the budget has no tags',
    in: 'medium',
    turnsRed: 'everything that may be tagged carries the store and its part',
    mutate: change('AWS::Budgets::Budget', (properties) => (properties.ResourceTags = [])),
  },
  {
    breaks: 'a new kind of resource comes without tags',
    in: 'enterprise',
    turnsRed: 'everything that may be tagged carries the store and its part',
    mutate: add('Repository', 'AWS::ECR::Repository', {}),
  },
  {
    breaks: 'the stack grows beyond what one template holds',
    in: 'enterprise',
    turnsRed: 'a size has fewer than 450 resources',
    mutate: (template) => {
      for (let i = 0; i < 300; i++) add(`Policy${i}`, 'AWS::IAM::ManagedPolicy', {})(template);
    },
  },
];
