import { environment, healthPaths, localVariables, queueNames, queueUrlVariable } from '../../../services/contract';
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
  [environment.emailFrom]: 'emailFrom',
  [environment.sentryDsn]: 'sentryDsn',
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
  {
    id: 'environment-not-taken',
    paths: ['container.environment'],
    hidden: true,
    condition: ({ container }) => namesIn('container.environment', container.environment, (name) => taken.has(name)),
    message: () => 'the stack sets this variable itself (services/contract.ts)',
    fix: (_, path) => ({ line: insteadOf(path) }),
  },
  {
    id: 'secrets-not-taken',
    paths: ['container.secrets'],
    condition: ({ container }) => namesIn('container.secrets', container.secrets, (name) => taken.has(name)),
    message: () => 'the stack sets this variable itself (services/contract.ts)',
    fix: (_, path) => ({ line: insteadOf(path) }),
  },
  {
    id: 'secret-or-environment',
    paths: ['container.environment', 'container.secrets'],
    hidden: true,
    condition: ({ container }) =>
      namesIn('container.environment', container.environment, (name) => Object.hasOwn(container.secrets, name)),
    message: () => 'a name may be under environment or under secrets; ECS refuses both',
    fix: () => ({ line: 'leave one of the two out' }),
  },
];

function insteadOf(path: string): string {
  const setting = settingOf[path.slice(path.lastIndexOf('.') + 1)];
  return setting === undefined ? 'leave it out, or choose another name' : `leave it out, and set ${setting} instead`;
}

function namesIn(
  path: string,
  record: Readonly<Record<string, string>>,
  atFault: (name: string, value: string) => boolean,
): readonly string[] {
  return Object.entries(record).flatMap(([name, value]) => (atFault(name, value) ? [`${path}.${name}`] : []));
}
