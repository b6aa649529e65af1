import { environment, healthPaths, localVariables, queueNames, queueUrlVariable } from '../../../services/contract';
import type { Rule } from './rule';

/** Names that the stack itself gives to the containers, or that only a developer's machine may set. */
const taken: ReadonlySet<string> = new Set([
  ...Object.values(environment),
  ...Object.values(localVariables),
  ...queueNames.map(queueUrlVariable),
]);

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
    condition: ({ container }) => namesIn('container.environment', container.environment, (name) => taken.has(name)),
    message: () => 'the stack sets this variable itself (services/contract.ts)',
    fix: () => ({ line: 'leave it out, or choose another name' }),
  },
  {
    id: 'secrets-not-taken',
    paths: ['container.secrets'],
    condition: ({ container }) => namesIn('container.secrets', container.secrets, (name) => taken.has(name)),
    message: () => 'the stack sets this variable itself (services/contract.ts)',
    fix: () => ({ line: 'leave it out, or choose another name' }),
  },
  {
    id: 'secret-or-environment',
    paths: ['container.environment', 'container.secrets'],
    condition: ({ container }) =>
      namesIn('container.environment', container.environment, (name) => Object.hasOwn(container.secrets, name)),
    message: () => 'a name may stand under environment or under secrets; ECS refuses both',
    fix: () => ({ line: 'leave one of the two out' }),
  },
  {
    id: 'secrets-of-the-region',
    paths: ['container.secrets', 'region'],
    condition: ({ container, region }) =>
      namesIn('container.secrets', container.secrets, (_, arn) => arn.split(':')[3] !== region),
    message: ({ region }) => `a secret in ${region} is allowed: a task must start while another region is down`,
    fix: ({ region }) => ({
      line: `aws secretsmanager replicate-secret-to-regions --add-replica-regions Region=${region} --secret-id ..., then the replica's ARN`,
    }),
  },
];

function namesIn(
  path: string,
  record: Readonly<Record<string, string>>,
  atFault: (name: string, value: string) => boolean,
): readonly string[] {
  return Object.entries(record).flatMap(([name, value]) => (atFault(name, value) ? [`${path}.${name}`] : []));
}
