import { tierNames } from '../../lib/tiers/tier';
import { apiIdleConnectionSeconds } from '../../services/contract';
import { type CloudFormationTemplate, resourcesOf } from '../support/stores';
import { containers, each, primaries, statementsAllowing, type Trap, textOf } from './trap';

const idsOf = (template: CloudFormationTemplate, type: string): string[] => resourcesOf(template, type).map(([id]) => id);

export const startAndOrder: readonly Trap[] = [
  {
    name: 'services start after the default routes of their subnets',
    holds(stores) {
      for (const { tier, id, resource } of each(stores, 'AWS::ECS::Service')) {
        const inPublic = resource.Properties.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp === 'ENABLED';
        const routes = idsOf(stores[tier], 'AWS::EC2::Route').filter((route) =>
          route.includes(inPublic ? 'PublicSubnet' : 'ApplicationSubnet'),
        );
        expect(routes).toHaveLength(3);
        expect({ id, after: resource.DependsOn }).toEqual({ id, after: expect.arrayContaining(routes) });
      }
    },
  },
  {
    name: 'services start after the capacity providers and the proxy’s targets',
    holds(stores) {
      for (const { tier, resource } of each(stores, 'AWS::ECS::Service')) {
        const first = ['AWS::ECS::ClusterCapacityProviderAssociations', 'AWS::RDS::DBProxyTargetGroup'].flatMap((type) =>
          idsOf(stores[tier], type),
        );
        expect(resource.DependsOn).toEqual(expect.arrayContaining(first));
      }
    },
  },
  {
    name: 'the worker starts after the API, whose migrations create its role',
    holds(stores) {
      for (const tier of tierNames) {
        const api = idsOf(stores[tier], 'AWS::ECS::Service').find((id) => id.startsWith('Api'));
        const worker = resourcesOf(stores[tier], 'AWS::ECS::Service').find(([id]) => id.startsWith('Worker'));
        expect(worker?.[1].DependsOn).toContain(api);
      }
    },
  },
  {
    name: 'the VPC origin comes after the Internet gateway',
    holds(stores) {
      for (const { tier, resource } of each(stores, 'AWS::CloudFront::VpcOrigin')) {
        expect(resource.DependsOn).toEqual(expect.arrayContaining(idsOf(stores[tier], 'AWS::EC2::VPCGatewayAttachment')));
      }
    },
  },
  {
    name: 'the load balancer admits CloudFront’s prefix list on one port, in a group that admits nothing else',
    holds(stores) {
      for (const { tier, resource } of each(stores, 'AWS::ElasticLoadBalancingV2::LoadBalancer')) {
        const [group] = resource.Properties.SecurityGroups;
        const own = stores[tier].Resources[group['Fn::GetAtt'][0]]?.Properties.SecurityGroupIngress ?? [];
        const added = resourcesOf(stores[tier], 'AWS::EC2::SecurityGroupIngress')
          .filter(([, { Properties }]) => JSON.stringify(Properties.GroupId) === JSON.stringify(group))
          .map(([, { Properties }]) => Properties);
        expect([...own, ...added]).toEqual([
          expect.objectContaining({ SourcePrefixListId: 'pl-3b927c52', FromPort: 80, ToPort: 80 }),
        ]);
      }
    },
  },
  {
    name: 'whoever asks closes an idle connection first: the CDN before the load balancer, that before the API',
    holds(stores) {
      for (const { tier, resource } of each(stores, 'AWS::CloudFront::Distribution')) {
        const cdn = (
          resource.Properties.DistributionConfig.Origins as { VpcOriginConfig?: { OriginKeepaliveTimeout: number } }[]
        ).flatMap(({ VpcOriginConfig }) => VpcOriginConfig?.OriginKeepaliveTimeout ?? []);
        const balancers = resourcesOf(stores[tier], 'AWS::ElasticLoadBalancingV2::LoadBalancer')
          .flatMap(([, { Properties }]) => Properties.LoadBalancerAttributes as { Key: string; Value: string }[])
          .flatMap(({ Key, Value }) => (Key === 'idle_timeout.timeout_seconds' ? Number(Value) : []));
        expect([cdn.length, balancers.length]).toEqual([1, 1]);
        expect(cdn[0]).toBeLessThan(balancers[0] ?? 0);
        expect(balancers[0]).toBeLessThan(apiIdleConnectionSeconds);
      }
    },
  },
  {
    name: 'the CDN keeps no failure of the API, which its Cache-Control could not forbid',
    holds(stores) {
      for (const { resource } of each(stores, 'AWS::CloudFront::Distribution')) {
        const kept = resource.Properties.DistributionConfig.CustomErrorResponses ?? [];
        for (const status of [500, 502, 503, 504]) expect(kept).toContainEqual({ ErrorCode: status, ErrorCachingMinTTL: 0 });
      }
    },
  },
  {
    name: 'the proxy’s role may log in as the services’ roles, and the tasks at the proxy',
    holds(stores) {
      for (const { tier, resource } of each(stores, 'AWS::RDS::DBProxy')) {
        expect(resource.Properties.DefaultAuthScheme).toBe('IAM_AUTH');
        const role = resource.Properties.RoleArn['Fn::GetAtt'][0];
        const allowed = statementsAllowing(stores[tier], 'rds-db:connect');
        const ofProxy = allowed.filter(({ id }) => id === role).map(({ statement }) => JSON.stringify(statement.Resource));
        expect(ofProxy.join()).toMatch(/DbiResourceId.*store_app/);
        expect(ofProxy.join()).toMatch(/DbiResourceId.*store_worker/);
        for (const [part, user] of [
          ['Api', 'store_app'],
          ['Worker', 'store_worker'],
        ] as const) {
          const ofTasks = allowed
            .filter(({ id }) => id.startsWith(part))
            .map(({ statement }) => JSON.stringify(statement.Resource));
          expect(ofTasks.join()).toMatch(new RegExp(`DBProxyArn[^/]*/${user}`));
        }
      }
    },
  },
  {
    name: 'IAM log-in is on at primary and replicas where services log in so, and named users are the only ones',
    holds(stores) {
      for (const { tier, resource } of each(stores, 'AWS::RDS::DBInstance'))
        expect({ tier, on: resource.Properties.EnableIAMDatabaseAuthentication as boolean }).toEqual({
          tier,
          on: tier !== 'small',
        });
      expect(statementsAllowing(stores.small, 'rds-db:connect')).toEqual([]);
      for (const tier of tierNames) {
        for (const { statement } of statementsAllowing(stores[tier], 'rds-db:connect')) {
          for (const resource of [statement.Resource].flat())
            expect(JSON.stringify(resource)).toMatch(/\/store_(app|worker|migrations)"/);
        }
      }
    },
  },
  {
    name: 'a proxy targets the primary, never a replica',
    holds(stores) {
      for (const { resource } of each(stores, 'AWS::RDS::DBProxyTargetGroup')) {
        expect(resource.Properties.DBInstanceIdentifiers).toEqual([{ Ref: 'DatabasePrimaryEDE0B3D0' }]);
      }
    },
  },
  {
    name: 'the master password is a secret of the stack, since RDS manages none where PostgreSQL has replicas',
    holds(stores) {
      for (const { resource } of primaries(stores)) {
        expect(resource.Properties).not.toHaveProperty('ManageMasterUserPassword');
        expect(JSON.stringify(resource.Properties.MasterUserPassword)).toContain('{{resolve:secretsmanager:');
      }
    },
  },
  {
    name: 'rotation is hosted, single user, at the instance, not on update, and only where a NAT gateway exists',
    holds(stores) {
      for (const tier of tierNames) {
        const schedules = resourcesOf(stores[tier], 'AWS::SecretsManager::RotationSchedule');
        expect(schedules).toHaveLength(resourcesOf(stores[tier], 'AWS::EC2::NatGateway').length > 0 ? 1 : 0);
        for (const [, { Properties }] of schedules) {
          expect(stores[tier].Transform).toBe('AWS::SecretsManager-2024-09-16');
          expect(Properties).toMatchObject({
            RotateImmediatelyOnUpdate: false,
            HostedRotationLambda: { RotationType: 'PostgreSQLSingleUser' },
          });
          expect(JSON.stringify(Properties.HostedRotationLambda.VpcSubnetIds)).toContain('ApplicationSubnet');
          const attachment = stores[tier].Resources[Properties.SecretId.Ref];
          expect(attachment?.Properties.TargetId).toEqual({ Ref: 'DatabasePrimaryEDE0B3D0' });
        }
      }
    },
  },
  {
    name: 'index 2 of the account’s zones is asked for only where three zones are meant',
    holds(stores) {
      const zones = each(stores, 'AWS::EC2::Subnet').map(({ resource }) => resource.Properties.AvailabilityZone['Fn::Select'][0]);
      expect(new Set(zones)).toEqual(new Set([0, 1, 2]));
    },
  },
  {
    name: 'a store in two zones asks for no third, which the account may not have',
    holds({ inTwoZones }) {
      const asked = JSON.stringify(inTwoZones).matchAll(/"Fn::Select":\["?(\d+)"?,\{"Fn::GetAZs"/g);
      expect(new Set(Array.from(asked, ([, index]) => index))).toEqual(new Set(['0', '1']));
    },
  },
  {
    name: 'scaling policies name their target in a way that AWS takes',
    holds(stores) {
      // Ref of a target gives `service/…|ecs:service:DesiredCount|ecs`: right as ScalingTargetId, refused as ResourceId.
      for (const { tier, id, resource } of each(stores, 'AWS::ApplicationAutoScaling::ScalingPolicy')) {
        const { ScalingTargetId, ResourceId } = resource.Properties;
        if (ResourceId === undefined) {
          expect({ id, target: stores[tier].Resources[ScalingTargetId.Ref]?.Type }).toEqual({
            id,
            target: 'AWS::ApplicationAutoScaling::ScalableTarget',
          });
        } else expect({ id, ResourceId: textOf(ResourceId) }).toEqual({ id, ResourceId: 'service/{}/{}' });
      }
    },
  },
  {
    name: 'migrations run before the service, with time enough, and only their program gets the master secret',
    holds(stores) {
      for (const { container } of containers(stores)) {
        const secrets = (container.Secrets ?? []).map(({ Name }) => Name);
        if (container.Name === 'migrations') {
          expect(container).not.toHaveProperty('StartTimeout'); // Fargate takes two minutes at the most; without it, it waits
          expect(secrets).toEqual(['DATABASE_MASTER_SECRET']);
        } else if (container.Name === 'rotation') {
          expect(secrets).toEqual(['DATABASE_MASTER_SECRET']); // a user may not change another's password
        } else {
          expect(container.DependsOn).toEqual([{ ContainerName: 'migrations', Condition: 'SUCCESS' }]);
          expect(secrets).toEqual([]);
        }
      }
    },
  },
  {
    name: 'what a service runs is asked for its health, by a load balancer or by its container',
    holds(stores) {
      for (const { tier, id, resource } of each(stores, 'AWS::ECS::Service')) {
        const task = stores[tier].Resources[resource.Properties.TaskDefinition.Ref]?.Properties;
        const containersOf = (task?.ContainerDefinitions ?? []) as { Essential: boolean; HealthCheck?: unknown }[];
        const essential = containersOf.filter(({ Essential }) => Essential);
        const asked =
          (resource.Properties.LoadBalancers ?? []).length > 0 || essential.every(({ HealthCheck }) => HealthCheck !== undefined);
        expect({ id, asked }).toEqual({ id, asked: true });
      }
    },
  },
  {
    name: 'nothing but execution roles may read a secret, and tasks the passwords of their own roles',
    holds(stores) {
      for (const tier of tierNames) {
        const readers = statementsAllowing(stores[tier], 'secretsmanager:GetSecretValue');
        const [starting, running] = ['ExecutionRole', 'TaskTaskRole'].map((role) =>
          readers.filter(({ id }) => id.includes(role)),
        );
        expect(starting).toHaveLength(tier === 'small' ? 3 : 2);
        expect(starting?.length).toBe(readers.length - (running?.length ?? 0));
        const read = (start: string) =>
          (running ?? [])
            .filter(({ id }) => id.startsWith(start))
            .flatMap(({ statement }) => [statement.Resource].flat() as { Ref: string }[])
            .map(({ Ref }) => Ref.replace(/^DatabasePasswordsstore(?=[a-z])|[0-9A-F]{8}$/g, ''))
            .toSorted();
        const byPassword = tier === 'small';
        expect({ tier, api: read('Api'), worker: read('Worker'), rotation: read('DatabasePasswordRotation') }).toEqual({
          tier,
          api: byPassword ? ['app', 'migrations'] : [],
          worker: byPassword ? ['migrations', 'worker'] : [],
          rotation: byPassword ? ['app', 'migrations', 'worker'] : [],
        });
      }
    },
  },
];
