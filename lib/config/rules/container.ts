import { environment, healthPaths, localVariables, queueNames, queueUrlVariable } from '../../../services/contract';
import type { ContainerConfig } from '../store-config';
import type { Rule } from './rule';

/** Names that the stack itself gives to the containers, or that only a developer's machine may set. */
const taken: ReadonlySet<string> = new Set([
  ...Object.values(environment),
  ...Object.values(localVariables),
  ...queueNames.map(queueUrlVariable),
]);

/** Variables whose value a store gives by a setting of its own. */
const settingOf: Readonly<Record<string, string>> = {
  [environment.stripeSecretKey]: 'payments.stripeSecretArn',
  [environment.stripeWebhookSecret]: 'payments.stripeSecretArn',
  [environment.captchaProvider]: 'protection.captcha',
  [environment.captchaSecretKey]: 'protection.captcha',
  [environment.corsOrigins]: 'corsOrigins',
  [environment.corsOtherSites]: 'corsOrigins',
  [environment.emailFrom]: 'emailFrom',
  [environment.siteUrl]: 'siteUrl',
  [environment.sentryDsn]: 'sentryDsn',
  [environment.switchedOff]: 'switchedOff',
  [environment.tracesSampledPercent]: 'traces',
};

export const containerRules: readonly Rule[] = [
  {
    id: 'health-path-of-own-container',
    paths: ['container.image', 'container.healthPath'],
    condition: ({ container }) =>
      container.imageUri === undefined && container.healthPath !== healthPaths.live ? ['container.healthPath'] : [],
    message: () => `the store's own API answers at ${healthPaths.live}; another path needs container.image`,
    fix: () => healthPaths.live,
  },
  { ...notTaken('environment'), hidden: true },
  notTaken('secrets'),
  {
    id: 'secret-or-environment',
    paths: ['container.environment', 'container.secrets'],
    hidden: true,
    condition: ({ container }) => namesIn(container, 'environment', (name) => Object.hasOwn(container.secrets, name)),
    message: () => 'a name may be under environment or under secrets; ECS refuses both',
    fix: () => ({ line: 'leave one of the two out' }),
  },
];

function notTaken(part: 'environment' | 'secrets'): Rule {
  return {
    id: `${part}-not-taken`,
    paths: [`container.${part}`],
    condition: ({ container }) => namesIn(container, part, (name) => taken.has(name)),
    message: () => 'the stack sets this variable itself (services/contract.ts)',
    fix: (_, path) => ({ line: insteadOf(path) }),
  };
}

function insteadOf(path: string): string {
  const setting = settingOf[path.slice(path.lastIndexOf('.') + 1)];
  return setting === undefined ? 'leave it out, or choose another name' : `leave it out, and set ${setting} instead`;
}

/** Paths of the names at fault. */
function namesIn(container: ContainerConfig, part: 'environment' | 'secrets', atFault: (name: string) => boolean) {
  const names = Object.keys(container[part]).filter(atFault);
  return names.map((name) => `container.${part}.${name}`);
}
