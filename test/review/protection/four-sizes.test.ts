import { protectionTopics } from '../../../lib/review/protection/types';
import { type TierName, tierNames } from '../../../lib/tiers/tier';
import { reviewedTemplate } from '../../support/reviewed-templates';
import { templateOf } from '../../support/stores';
import { protectionOf } from './rows-of';

const rows = (tier: TierName) => protectionOf(reviewedTemplate(tier)).rows;

describe.each(tierNames)('the %s size', (tier) => {
  test('exposes nothing but the CDN', () => {
    const exposed = rows(tier).filter(
      ({ topic, verdict, subject: what }) => topic === 'exposure' && verdict !== 'good' && what !== 'WAF',
    );
    expect(exposed).toEqual([]);
  });

  test('is weak in nothing that its deletion, backups and recovery say', () => {
    const weak = rows(tier).filter(({ topic, verdict }) => verdict === 'weak' && topic !== 'exposure' && topic !== 'encryption');
    expect(weak).toEqual([]);
  });

  test('encrypts everything at rest, and asks for TLS everywhere but where CloudFront’s certificate decides', () => {
    const weak = rows(tier).filter(({ topic, verdict }) => topic === 'encryption' && verdict === 'weak');
    expect(weak.map(({ subject: what }) => what)).toEqual(['viewers to the CDN']);
  });

  test('says something of every topic, in rows that fit a table, about resources that it has', () => {
    const all = rows(tier);
    expect(new Set(all.map(({ topic }) => topic))).toEqual(new Set(protectionTopics));
    expect(all.filter(({ text }) => text.length > 140)).toEqual([]);
    expect(all.flatMap(({ resources }) => resources).filter((id) => !(id in reviewedTemplate(tier).Resources))).toEqual([]);
  });
});

test('the small size’s tasks have public addresses and no inbound rule but the load balancer’s', () => {
  const tasks = rows('small').filter(({ subject: what }) => what.endsWith('tasks'));
  expect(tasks.map(({ subject: what, text }) => `${what}: ${text}`)).toEqual([
    'api tasks: public addresses, allows named security groups, port 8080',
    'worker tasks: public addresses, allows no inbound traffic',
  ]);
});

test('from the medium size up WAF stands on the load balancer and AWS Backup copies database and files', () => {
  for (const tier of ['medium', 'large', 'enterprise'] as const) {
    expect(rows(tier)).toContainEqual(
      expect.objectContaining({
        subject: 'WAF',
        verdict: 'good',
        text: 'on the load balancer: 2,000 requests in 5 min, common, known bad inputs, SQLi',
      }),
    );
    expect(rows(tier)).toContainEqual(
      expect.objectContaining({
        subject: 'AWS Backup',
        text: expect.stringMatching(/^covers database and 3 buckets; daily 06:00 UTC/),
      }),
    );
  }
});

test('the small size has neither, and says so', () => {
  const said = rows('small').filter(({ subject: what }) => what === 'WAF' || what === 'AWS Backup');
  expect(said.map(({ subject: what, verdict }) => `${what}: ${verdict}`)).toEqual(['WAF: weak', 'AWS Backup: fact']);
});

test('with a domain and its certificates nothing is weak in the medium size', () => {
  const domain = {
    name: 'shop.example.com',
    hostedZoneId: 'Z0123456789ABCDEFGHIJ',
    hostedZoneName: 'example.com',
    cdnCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012',
    regionalCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789013',
  };
  expect(protectionOf(templateOf('medium', { domain })).rows.filter(({ verdict }) => verdict === 'weak')).toEqual([]);
});
