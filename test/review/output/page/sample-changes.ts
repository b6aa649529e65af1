import type { ChangeReview, Verdict } from '../../../../lib/review/change/types';
import { type TierName, tierNames } from '../../../../lib/tiers/tier';

export const sampleChanges = (): readonly ChangeReview[] =>
  tierNames.flatMap((from) => tierNames.filter((to) => to !== from).map((to) => sampleChange(from, to)));

/** Upwards interrupts, downwards is blocked, and one step is safe so that every verdict is there. */
export function sampleChange(from: TierName, to: TierName): ChangeReview {
  const up = tierNames.indexOf(to) > tierNames.indexOf(from);
  if (from === 'large' && to === 'enterprise') return change(from, to, 'safe');
  return change(from, to, up ? 'downtime' : 'blocked');
}

function change(from: string, to: string, verdict: Verdict): ChangeReview {
  return {
    from,
    to,
    verdict,
    parts: [
      {
        part: 'database',
        effects: [
          ...(verdict === 'blocked'
            ? [{ kind: 'blocked' as const, text: 'storage 100 → 20 GB: RDS never shrinks it', resources: ['Database1234'] }]
            : []),
          {
            kind: 'failover',
            text: 'db.t4g.micro → db.t4g.medium; 60-120 s of refused writes',
            resources: ['Database1234'],
          },
          { kind: 'irreversible', text: 'storage 20 → 100 GB; it never shrinks', resources: ['Database1234'] },
        ],
      },
      {
        part: 'cache',
        effects: [{ kind: 'replaced', text: 'one node → two; starts cold', resources: ['CacheSingle', 'CacheReplicated'] }],
      },
      { part: 'api', effects: [{ kind: 'rolling', text: '2-4 × ¼ vCPU → 2-6 × 1 vCPU', resources: ['ApiService'] }] },
      { part: 'firewall', effects: [{ kind: 'added', text: 'WAF with 4 rules', resources: ['Firewall'] }] },
    ],
    unchanged: ['4 queues', '3 buckets', 'the secrets', 'the URL'],
    dataAtRisk: verdict === 'blocked' ? ['80 GB of allocated storage'] : [],
    waits: verdict === 'downtime' ? ['RDS optimises the storage'] : [],
    downtimes:
      verdict === 'safe'
        ? []
        : [
            {
              part: 'database',
              text: 'writes are refused while the database fails over',
              seconds: { from: 60, to: 120 },
              source: 'Amazon RDS User Guide, Multi-AZ failover',
            },
          ],
    irreversible: ['storage 20 → 100 GB: it never shrinks'],
    blocks:
      verdict === 'blocked'
        ? [
            {
              rule: 'storage-shrinks',
              part: 'database',
              resources: ['Database1234'],
              reason: 'storage 100 → 20 GB: RDS refuses to shrink it',
              workaround: ['"database": { "storageGb": 100 }'],
            },
          ]
        : [],
    before: ['take a snapshot of the database', 'announce two minutes without orders'],
    after: ['watch the hit rate of the cache for ten minutes'],
    rollback: {
      verdict: 'blocked',
      text: `${to} → ${from} is blocked: storage never shrinks`,
      workaround: ['"database": { "storageGb": 100 }'],
    },
    costChange: { fixedUsdPerMonth: 347, usageUsdPerMonth: 46, usdPerMonth: verdict === 'blocked' ? -393 : 393 },
    deploy: `npx cdk deploy --context tier=${to} --context changeTier=${from}:${to}`,
  };
}
