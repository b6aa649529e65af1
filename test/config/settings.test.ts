import type { Problem } from '../../lib/config/config-error';
import { rules } from '../../lib/config/rules';
import { brokenRules, storesBeside } from './broken-rules';
import { brokenShapes } from './broken-shapes';
import { domain, drop, night, vpc } from './good-parts';
import { acme, errorOf, linesOf, load, settingKeys, withSetting } from './problems';

describe('a setting of the wrong shape', () => {
  test.each(brokenShapes)('%s: %j is told with a line to write instead', (key, value, lines) => {
    expect(linesOf(acme(settingsWith(key, value)))).toEqual([lines].flat());
  });

  test('has a case for every setting there is', () => {
    expect(new Set(brokenShapes.map(([key]) => key))).toEqual(new Set(settingKeys()));
  });

  test('is never repeated where it may be a secret in the wrong place', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n';
    const { message } = errorOf(acme({ container: { secrets: { PAYMENT: 'sk_live_1' } }, files: { signingPublicKey: key } }));
    expect(message).not.toMatch(/sk_live_1|MIIE/);
    for (const secrets of [['PAYMENT=sk_live_1'], { PAYMENT: ['sk_live_1'] }, 'sk_live_1']) {
      expect(errorOf(acme({ container: { secrets } })).message).not.toContain('sk_live_1');
    }
    for (const payments of ['sk_live_1', ['sk_live_1'], { stripeSecretArn: 'sk_live_1' }, { secretKey: 'sk_live_1' }]) {
      expect(errorOf(acme({ payments })).message).not.toContain('sk_live_1');
    }
    for (const captcha of ['0x4AAA', ['0x4AAA'], { provider: 'turnstile', secretArn: '0x4AAA' }, { secretKey: '0x4AAA' }]) {
      expect(errorOf(acme({ protection: { captcha } })).message).not.toContain('0x4AAA');
    }
    expect(errorOf(acme({ sentryDsn: 'https://public:secr3t@sentry.example.com/1' })).message).not.toContain('secr3t');
  });
});

describe('settings that do not go together', () => {
  test.each(brokenRules)('%s', (rule, settings, line) => {
    const context = acme(settings, {}, storesBeside[rule]);
    expect(linesOf(context)).toEqual([line]);
    expect(errorOf(context).problems.map((problem) => problem.rule)).toEqual([rule]);
  });

  test('have a case for every rule there is', () => {
    expect(new Set(brokenRules.map(([rule]) => rule))).toEqual(new Set(rules.map(({ id }) => id)));
  });

  test('are judged by rules whose ids are unique', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });
});

describe('the line to write instead', () => {
  const mendable = brokenRules.filter(([, settings]) => offersOf(settings).length > 0);

  test.each(mendable)('mends what breaks %s', (rule, settings) => {
    for (const offer of offersOf(settings)) {
      expect(problemsOf(repaired(settings, offer)).map((left) => left.rule)).not.toContain(rule);
    }
  });

  test.each(brokenShapes.filter(([key]) => key !== 'files.signingPublicKey' && key !== 'files'))('mends %s', (key, value) => {
    const settings = settingsWith(key, value);
    const [offer, ...others] = offersOf(settings);
    const left = offer && problemsOf(repaired(settings, offer)).filter(({ rule }) => rule === 'shape');
    expect(left?.map(({ path }) => path)).toEqual(others.map(({ path }) => path));
  });
});

describe('good settings', () => {
  test.each([
    ['an existing VPC whose application subnets have a way out', { vpc }],
    ['a domain with a certificate for CloudFront alone', { domain }],
    ['a domain that is its hosted zone', { domain: { ...domain, name: 'example.com' } }],
    ['a night of a store that is not in production', { night, production: false }],
    [
      'two drops with a minute between them',
      { drops: [drop, { ...drop, from: '2026-12-01T12:01:00Z', to: '2026-12-01T13:00:00Z' }] },
    ],
    ['zones by name', { zones: ['us-east-1a', 'us-east-1d', 'us-east-1f'] }],
    [
      'three zones by name where new accounts get two',
      { region: 'us-west-1', zones: ['us-west-1a', 'us-west-1b', 'us-west-1c'] },
    ],
    ['the smallest VPC', { cidr: '192.168.16.0/20' }],
    ['an image by its digest', { container: { image: `store@sha256:${'0a'.repeat(32)}` } }],
    ['an image from a registry with a port', { servicesImage: 'registry.example.com:5000/shop/store:2026-11-20' }],
    ['a region whose prefix list is given', { region: 'me-central-1', cloudFrontPrefixList: 'pl-0123456789abcdef0' }],
    ['a snapshot that RDS made itself', { restoreFromSnapshot: 'rds:acme-database-2026-11-19-03-10' }],
    ['a copy that AWS Backup made', { restoreFromSnapshot: 'awsbackup:job-0a1b2c3d-0000-1111-2222-333344445555' }],
    ['plain origins outside production', { production: false, files: { uploadOrigins: ['http://localhost:3000'] } }],
    ['plain localhost outside production', { production: false, corsOrigins: ['http://localhost', 'http://localhost:3000'] }],
    ['a Sentry of one’s own', { sentryDsn: 'https://0123456789abcdef@errors.example.com:9000/sentry/3' }],
    ['a sender under the top of its domain', { emailFrom: 'orders+shop@example.co.uk' }],
    ['no replicas, no cluster', { cache: { replicasPerShard: 0 } }],
  ])('%s', (_, settings) => {
    expect(load(acme(settings)).name).toBe('acme');
  });
});

/** The setting with the bad value, beside the other parts of its object where that object needs them. */
function settingsWith(key: string, value: unknown): object {
  const whole: Readonly<Record<string, object>> = { vpc, domain, night };
  const top = Object.keys(whole).find((name) => key.startsWith(`${name}.`));
  return withSetting(top === undefined ? {} : { [top]: whole[top] }, key, value);
}

/** The settings after somebody pasted the first line of a problem's fix where its path says. */
function repaired(settings: object, problem: Problem): object {
  const keys = problem.path
    .replace('stores.acme.', '')
    .split(/[.[\]]+/)
    .filter(Boolean);
  const whole = structuredClone(settings);
  let part: object = whole;
  for (const key of keys.slice(0, -1)) {
    if (!Object.hasOwn(part, key)) Reflect.set(part, key, {});
    part = Reflect.get(part, key) as object;
  }
  Reflect.set(part, keys.at(-1) ?? '', valueIn(problem));
  return whole;
}

/** The value that a problem's first line offers, or undefined where it offers words. */
function valueIn({ fix: [line = ''] }: Problem): unknown {
  try {
    const value: unknown = JSON.parse(line.startsWith('"') && line.includes('": ') ? `{${line}}` : line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.values(value)[0] : value;
  } catch {
    return undefined; // words, or a command
  }
}

/** Problems whose first line is a value to paste. */
function offersOf(settings: object): readonly Problem[] {
  return problemsOf(settings).filter((problem) => valueIn(problem) !== undefined);
}

function problemsOf(settings: object): readonly Problem[] {
  try {
    load(acme(settings));
    return [];
  } catch {
    return errorOf(acme(settings)).problems;
  }
}
