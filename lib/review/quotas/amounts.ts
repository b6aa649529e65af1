import { hoursAMonth } from '../../facts/month';
import type { QuotaName } from '../../facts/quotas';
import { cacheNodes } from '../../template/cache';
import { storageGb } from '../../template/database';
import { emailSender } from '../../template/email-sender';
import { capacityStrategy, type TasksByProvider, taskRange, taskSize, tasksByProvider } from '../../template/tasks';
import { type Reading, type Resource, type Template } from '../../template/template';
import type { MonthlyUsage } from '../../usage/monthly-usage';

/** What a store uses of a quota, in the quota's unit. */
export interface Amounts {
  /** With the minimum of tasks, and with the maximum; of e-mails the month's mean, and the busiest hour. */
  readonly least: number;
  readonly most: number;
  /** While a deployment replaces that maximum: old and new tasks together. */
  readonly deploying: number;
  /** The largest of what comes in one piece: a task. */
  readonly step: number;
}

/** Reads the amounts of each quota from a template; undefined where the template does not use it. */
type Reader = (template: Template, month: Month | undefined) => Amounts | undefined;

/** What the size assumes of a month. */
interface Month {
  readonly usage: MonthlyUsage;
  readonly peakFactor: number;
}

const readers: Readonly<Record<QuotaName, Reader>> = {
  fargateVcpu: (template) => sum(services(template).map((service) => vcpuOf(service, template, 'FARGATE'))),
  fargateSpotVcpu: (template) => sum(services(template).map((service) => vcpuOf(service, template, 'FARGATE_SPOT'))),
  elasticIps: (template) => fixed(template.ofType('AWS::EC2::EIP').length),
  networkInterfaces: (template) => sum([fixed(interfaces(template)), ...services(template).map((one) => tasksOf(one, template))]),
  balancerTargets: (template) =>
    sum(
      services(template)
        .filter((service) => service.list('LoadBalancers').length > 0)
        .map((service) => tasksOf(service, template)),
    ),
  vpcs: (template) => fixed(template.ofType('AWS::EC2::VPC').length),
  natGatewaysPerZone: (template) => fixed(mostInASubnet(template.ofType('AWS::EC2::NatGateway'))),
  databaseInstances: (template) => fixed(template.ofType('AWS::RDS::DBInstance').length),
  databaseStorageGb: (template) => fixed(total(template.ofType('AWS::RDS::DBInstance').map(storageGb))),
  cacheNodes: (template) => fixed(total(template.ofType('AWS::ElastiCache::ReplicationGroup').map(cacheNodes))),
  distributions: (template) => fixed(template.ofType('AWS::CloudFront::Distribution').length),
  vpcOrigins: (template) => fixed(template.ofType('AWS::CloudFront::VpcOrigin').length),
  emailsPerSecond: (template, month) => (month && emailSender(template) ? perSecond(month) : undefined),
  emailsPerDay: (template, month) => (month && emailSender(template) ? perDay(month) : undefined),
};

/** Amounts with the values that only AWS knows; undefined where the store uses none of the quota. */
export function amountsOf(name: QuotaName, template: Template, month: Month | undefined): Reading<Amounts | undefined> {
  return template.read((view) => readers[name](view, month));
}

function services(template: Template): readonly Resource[] {
  return template.ofType('AWS::ECS::Service');
}

function fixed(count: number): Amounts {
  return { least: count, most: count, deploying: count, step: 0 };
}

/** Gateways stand in public subnets, of which a zone has one. */
function mostInASubnet(gateways: readonly Resource[]): number {
  const bySubnet = Map.groupBy(gateways, (gateway) => JSON.stringify(gateway.value('SubnetId')));
  return Math.max(0, ...[...bySubnet.values()].map(({ length }) => length));
}

const total = (amounts: readonly number[]): number => amounts.reduce((before, one) => before + one, 0);

function tasksOf(service: Resource, template: Template): Amounts {
  const [least, most] = taskRange(service, template);
  return { least, most, deploying: most * together(service), step: 1 };
}

/** Old and new tasks at once, as a multiple of the tasks. */
function together(service: Resource): number {
  return (service.number('DeploymentConfiguration.MaximumPercent') ?? 200) / 100;
}

function vcpuOf(service: Resource, template: Template, provider: keyof TasksByProvider): Amounts {
  const [definition] = service.references('TaskDefinition');
  const vcpu = taskSize(definition)?.vcpu;
  if (vcpu === undefined)
    template.note({ resource: definition?.id ?? service.id, property: definition ? 'Cpu' : 'TaskDefinition' });
  const { least, most, deploying } = tasksOf(service, template);
  const strategy = capacityStrategy(service, template);
  const of = (tasks: number): number => tasksByProvider(strategy, tasks)[provider] * (vcpu ?? 0);
  return { least: of(least), most: of(most), deploying: of(deploying), step: of(most) > 0 ? (vcpu ?? 0) : 0 };
}

/** Of everything but tasks: balancer, database with its standbys, cache, NAT gateways, endpoints. RDS Proxy and CloudFront add a handful. */
function interfaces(template: Template): number {
  const count = (type: string, each: (resource: Resource) => number): number =>
    template.ofType(type).reduce((all, resource) => all + each(resource), 0);
  return (
    count('AWS::ElasticLoadBalancingV2::LoadBalancer', (balancer) => balancer.list('Subnets').length) +
    count('AWS::RDS::DBInstance', (instance) => (instance.flag('MultiAZ') ? 2 : 1)) +
    count('AWS::ElastiCache::ReplicationGroup', cacheNodes) +
    count('AWS::EC2::NatGateway', () => 1) +
    count('AWS::EC2::VPCEndpoint', (endpoint) => endpoint.list('SubnetIds').length)
  );
}

/** E-mails an hour, as the bill counts them. */
const perHour = ({ orders, emailsPerOrder }: MonthlyUsage): number => (orders * emailsPerOrder) / hoursAMonth;

function perSecond({ usage, peakFactor }: Month): Amounts {
  const mean = perHour(usage) / 3_600;
  return { least: mean, most: mean * peakFactor, deploying: mean * peakFactor, step: 0 };
}

const perDay = ({ usage }: Month): Amounts => fixed(perHour(usage) * 24);

function sum(all: readonly Amounts[]): Amounts {
  return {
    least: total(all.map(({ least }) => least)),
    most: total(all.map(({ most }) => most)),
    deploying: total(all.map(({ deploying }) => deploying)),
    step: Math.max(0, ...all.map(({ step }) => step)),
  };
}
