import { databaseSpeedSources } from '../../../facts/database-speed';
import { figure } from '../../text/money';
import type { DatabasePart } from '../database-part';
import { assumed, type Scope } from '../scope';
import { primaryTransactions } from '../traffic';
import { type InstanceRate, instanceRate } from '../transactions';
import type { Limit } from '../types';
import { atApi, type OwnLimit } from './limit-of';

/** CPU of the primary, in transactions of pgbench; for a burstable class a row per duration of its credits. */
export function databaseTransactionLimits(scope: Scope): readonly Limit[] {
  const { primary } = scope.parts;
  if (!primary) return [];
  const rate = instanceRate(primary);
  if (!rate)
    return [atApi({ ...row('database-cpu', primary), calculation: 'no speed of its class is published' }, undefined, scope)];
  const { cpuCredits } = primary.facts ?? {};
  if (cpuCredits === undefined) return [cpuLimit(row('database-cpu', primary), rate, undefined, scope)];
  return horizons.map(({ hours, ...horizon }) =>
    cpuLimit({ ...row(horizon.id, primary), ...horizon }, rate, burst(cpuCredits, rate.vcpu, hours), scope),
  );
}

/** An hour counts: RDS does not throttle a class without credits, it bills the surplus. */
const horizons = [
  { id: 'database-cpu-half-hour', duration: 'half an hour', hours: 0.5, informational: true },
  { id: 'database-cpu-hour', duration: 'an hour', hours: 1, informational: false },
  { id: 'database-cpu-day', duration: 'a day', hours: 24, informational: true },
] as const;

const row = (id: string, { className }: DatabasePart): OwnLimit => ({
  id,
  part: 'database',
  title: 'CPU of the database',
  value: className,
});

interface Burst {
  /** Mean over the duration, as a share of all the CPU. */
  readonly share: number;
  readonly calculation: string;
}

/** A full balance and the credits earned meanwhile. A credit is a minute of a vCPU; the balance holds at most a day's credits. */
function burst(cpuCredits: number, vcpu: number, hours: number): Burst {
  const earned = (cpuCredits * hours) / 24;
  const mean = (cpuCredits + earned) / (60 * hours);
  const text = `(${figure(cpuCredits)} credits saved + ${figure(earned)} earned) ÷ ${figure(60 * hours)} min = ${figure(mean)} vCPU`;
  if (mean >= vcpu) return { share: 1, calculation: `${text}, more than its ${figure(vcpu)}` };
  return {
    share: mean / vcpu,
    calculation: `${text} of ${figure(vcpu)}; beyond that RDS bills surplus credits and does not throttle`,
  };
}

function cpuLimit(own: OwnLimit, rate: InstanceRate, credits: Burst | undefined, scope: Scope): Limit {
  const share = assumed('cpuShare', scope);
  const transactions = rate.value * Math.min(share, credits?.share ?? 1);
  const each = primaryTransactions(scope);
  const factor = credits && credits.share < share ? figure(credits.share, 4) : `${figure(share)} (CPU at the warning)`;
  return atApi(
    {
      ...own,
      value: `${figure(transactions, 0)} transactions/s`,
      calculation: `${rate.calculation} × ${factor}${credits ? ` [${credits.calculation}]` : ''} = ${figure(transactions, 0)} transactions/s; ÷ (${each.calculation})`,
      assumptions: ['cpuShare', ...each.assumptions],
      sources: [...rate.sources, ...(credits ? [databaseSpeedSources.credits] : [])],
    },
    transactions / each.value,
    scope,
  );
}
