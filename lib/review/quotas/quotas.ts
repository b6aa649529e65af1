import { type QuotaName, quotas } from '../../facts/quotas';
import { capacityStrategy, type TasksByProvider, taskRange, taskSize, tasksByProvider } from '../../template/tasks';
import type { Resource, Template } from '../../template/template';
import type { AssumptionValues } from '../capacity/assumptions';
import { figure } from '../text/money';

/** What a store uses of a quota of its account, in the quota's unit. */
export interface QuotaUse {
  readonly name: QuotaName;
  readonly title: string;
  /** AWS's default, or what the caller says. */
  readonly quota: number;
  /** With the minimum of tasks, and with the maximum. */
  readonly least: number;
  readonly most: number;
  /** While a deployment replaces that maximum: old and new tasks together. */
  readonly deploying: number;
  readonly verdict: QuotaVerdict;
  /** Asks AWS for enough, also while a deployment runs at the maximum. */
  readonly request: string;
}

/**
 * `holds`: always enough; `slows deployments`: old and new tasks at the maximum do not fit; `stops scaling`: the maximum is never reached;
 * `stops deployments`: no new task can start beside the minimum; `too small`: the minimum is never reached.
 */
export type QuotaVerdict = 'holds' | 'slows deployments' | 'stops scaling' | 'stops deployments' | 'too small';

/** What a quota does to a store. */
export const quotaVerdicts: Readonly<Record<QuotaVerdict, string>> = {
  holds: 'always suffices',
  'slows deployments': 'slows deployments at the maximum',
  'stops scaling': 'stops scaling before the maximum',
  'stops deployments': 'leaves no room for a deployment',
  'too small': 'is below the minimum',
};

/** @param assume `fargateVcpuQuota` and the like. @default - AWS's defaults */
export function quotaUses(template: Template, assume: AssumptionValues = {}): readonly QuotaUse[] {
  const services = template.ofType('AWS::ECS::Service').map((service) => serviceUse(service, template));
  const addresses = template.ofType('AWS::EC2::EIP').length;
  const fixed = { least: addresses, most: addresses, deploying: addresses, step: 0 };
  return [
    use('fargateVcpu', sum(services.map(({ FARGATE }) => FARGATE)), assume),
    use('fargateSpotVcpu', sum(services.map(({ FARGATE_SPOT }) => FARGATE_SPOT)), assume),
    use('elasticIps', fixed, assume),
  ];
}

interface Amounts {
  readonly least: number;
  readonly most: number;
  readonly deploying: number;
  /** The largest of what comes in one piece: a task. */
  readonly step: number;
}

/** vCPU by provider. A task of unknown size counts as none: the capacity says that it was not examined. */
function serviceUse(service: Resource, template: Template) {
  const vcpu = taskSize(service.references('TaskDefinition')[0])?.vcpu ?? 0;
  const [least, most] = taskRange(service, template);
  const strategy = capacityStrategy(service, template);
  const together = (service.number('DeploymentConfiguration.MaximumPercent') ?? 200) / 100;
  const amounts = (provider: keyof TasksByProvider): Amounts => {
    const of = (tasks: number) => tasksByProvider(strategy, tasks)[provider] * vcpu;
    return { least: of(least), most: of(most), deploying: of(most * together), step: of(most) > 0 ? vcpu : 0 };
  };
  return { FARGATE: amounts('FARGATE'), FARGATE_SPOT: amounts('FARGATE_SPOT') };
}

function sum(all: readonly Amounts[]): Amounts {
  const total = (amount: (one: Amounts) => number) => all.reduce((before, one) => before + amount(one), 0);
  return {
    least: total(({ least }) => least),
    most: total(({ most }) => most),
    deploying: total(({ deploying }) => deploying),
    step: Math.max(0, ...all.map(({ step }) => step)),
  };
}

function use(name: QuotaName, { step, ...amounts }: Amounts, assume: AssumptionValues): QuotaUse {
  const { title, default: usual, serviceCode, quotaCode } = quotas[name];
  const quota = assume[`${name}Quota`] ?? usual;
  const desired = Math.ceil(amounts.deploying);
  return {
    name,
    title,
    quota,
    ...amounts,
    verdict: verdictOf(quota, amounts, step),
    request: `aws service-quotas request-service-quota-increase --service-code ${serviceCode} --quota-code ${quotaCode} --desired-value ${desired}`,
  };
}

function verdictOf(quota: number, { least, most, deploying }: Omit<Amounts, 'step'>, step: number): QuotaVerdict {
  if (quota < least) return 'too small';
  if (quota < least + step) return 'stops deployments';
  if (quota < most) return 'stops scaling';
  return quota < deploying ? 'slows deployments' : 'holds';
}

/** `6 at the minimum, 23.6 at the maximum, 47.2 while that is deployed` */
export function formatUse({ least, most, deploying }: QuotaUse): string {
  if (deploying === least) return figure(least);
  return `${figure(least)} at the minimum, ${figure(most)} at the maximum, ${figure(deploying)} while that is deployed`;
}
