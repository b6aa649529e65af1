import type { AlarmCoverage } from '../../../../lib/review/alarm-coverage/types';
import type { FindingsReview, Protection, ProtectionRow } from '../../../../lib/review/protection/types';
import type { TierName } from '../../../../lib/tiers/tier';

export function sampleWatching(tier: TierName): AlarmCoverage {
  return {
    alarms: tier === 'small' ? 55 : 90,
    composites: 2,
    recommended: {
      total: 40,
      watched: tier === 'small' ? 30 : 37,
      missing: [
        { namespace: 'AWS/RDS', metric: 'FreeableMemory', reason: 'SwapUsage tells the same earlier' },
        { namespace: 'AWS/S3', metric: '4xxErrors', reason: undefined },
      ],
    },
    documented: [
      {
        figure: 'CPU of the API’s tasks',
        level: 'Warning',
        limit: '> 70%',
        source: '[right-sizing], [scalability-report]',
        alarms: ['ApiCpuWarning'],
        verdict: 'watched',
      },
      {
        figure: 'CPU of the API’s tasks',
        level: 'Critical',
        limit: '> 90%',
        source: '[right-sizing], [scalability-report]',
        alarms: ['ApiCpuCritical'],
        verdict: 'watched',
      },
      {
        figure: 'average query time',
        level: 'Warning',
        limit: '> 100 ms',
        source: '[project-files], [scalability-report]',
        alarms: tier === 'small' ? [] : ['ProxyQuery'],
        verdict: tier === 'small' ? 'not watched' : 'watched',
      },
    ],
  };
}

function row(topic: ProtectionRow['topic'], subject: string, text: string, verdict: ProtectionRow['verdict']): ProtectionRow {
  return { topic, subject, text, verdict, resources: [subject] };
}

export function sampleProtection(tier: TierName): Protection {
  return {
    rows: [
      row('exposure', 'load balancer', 'internal; only CloudFront’s addresses, port 80', 'good'),
      row(
        'exposure',
        'tasks',
        tier === 'small' ? 'public addresses, nothing may come in' : 'private addresses',
        tier === 'small' ? 'weak' : 'good',
      ),
      row('encryption', 'database', 'at rest by the store’s key, in transit always', 'good'),
      row('deletion', 'database', 'deletion protection, snapshot on removal', 'good'),
      row('backups', 'database', tier === 'small' ? 'kept 7 days' : 'kept 14 days', 'good'),
      row('recovery', 'database', 'any second until 5 minutes ago', 'fact'),
    ],
  };
}

export const sampleFindings: FindingsReview = {
  packs: [
    { name: 'AwsSolutions', open: [], enforced: true },
    {
      name: 'NIST.800.53.R5',
      open: [{ rule: 'NIST.800.53.R5-S3BucketReplicationEnabled', at: '/Store-shop/Files/Bucket' }],
      enforced: true,
    },
    { name: 'PCI.DSS.321', open: [], enforced: false },
  ],
  acknowledged: [
    {
      rule: 'AwsSolutions-IAM5',
      at: ['/Store-shop/Api/TaskRole', '/Store-shop/Worker/TaskRole'],
      reason: 'the bucket’s objects have names of their own',
    },
    {
      rule: 'AwsSolutions-SMG4',
      at: ['/Store-shop/Database/Secret'],
      reason: 'without a NAT gateway the rotation reaches no API',
    },
  ],
};
