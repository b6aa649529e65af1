import { askAws } from '../../lib/preflight/ask-aws';
import { verdictOf } from '../../lib/preflight/check';
import { domain } from '../config/good-parts';
import { outsideServices, storeConfig, templateOf } from '../support/stores';
import { lineOf } from './ask';

/** With the clients as they are: none may reach AWS, or look for credentials. */
async function offline(settings: Readonly<Record<string, unknown>> = {}) {
  const config = storeConfig('medium', {
    servicesImage: '111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1.4.2',
    ...settings,
  });
  return askAws({ config, template: templateOf('medium'), now: new Date('2026-11-20T12:00:00Z'), offline: true });
}

test('the same lines as online: quotas by their defaults, the rest not asked', async () => {
  const rows = await offline({ ...outsideServices, domain, restoreFromSnapshot: 'shop-moved', traces: {}, costAnomalies: {} });

  expect(rows.filter(({ title }) => title !== 'quotas' && title !== 'names').map(lineOf)).toEqual([
    'not known credentials: not asked',
    'holds region: us-east-1, US East (N. Virginia): on in every account',
    'not known service-linked roles: not asked',
    'not known CDK bootstrap: not asked',
    'not known zones: not asked; use1-az3 has no VPC origins; use1-az3 has no RDS Proxy',
    "not known CloudFront's prefix list: not asked",
    'not known database class: not asked',
    'not known cache class: not asked',
    'not known snapshot: not asked',
    'not known certificates: not asked',
    'not known hosted zone: not asked',
    'not known domain name: not asked',
    'not known e-mail: not asked',
    'not known secrets: not asked',
    'not known traces: not asked',
    'not known cost anomalies: not asked',
    'not known image: not asked',
  ]);
  expect(rows.filter(({ title }) => title === 'names').map(lineOf)).toEqual(['not known names: not asked']);
  expect(rows.filter(({ title }) => title === 'quotas').map(lineOf)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(
        /^holds quotas: Fargate vCPU on demand: AWS’s default of 6, .* stops scaling before the maximum → aws /,
      ),
      'holds quotas: VPCs: AWS’s default of 5, the store uses 1',
    ]),
  );
  expect(verdictOf(rows)).toBe('not known');
});

test('a default that is too small fails', async () => {
  const config = storeConfig('enterprise');
  const rows = await askAws({ config, template: templateOf('enterprise'), now: new Date('2026-11-20T12:00:00Z'), offline: true });

  expect(rows.map(lineOf)).toContainEqual(
    expect.stringMatching(
      /^fails quotas: Fargate vCPU on demand: AWS’s default of 6, .* is below the minimum → aws .* --desired-value 132 /,
    ),
  );
});

test('a region that has to be turned on is not asked either', async () => {
  const rows = await offline({ region: 'af-south-1' });
  expect(rows.find(({ title }) => title === 'region')).toMatchObject({ verdict: 'not known', text: 'not asked' });
});
