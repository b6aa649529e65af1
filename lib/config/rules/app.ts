import { entryPoints, environment } from '../../../services/contract';
import { fargateMemory, formatFargateMemory } from '../../facts/fargate-sizes';
import { type Need, type OwnProgram, secretVariables, variablesOfNeed } from '../app-config';
import type { ResolvedSettings } from '../resolved-settings';
import type { Rule } from './rule';

/** What the stack tells every program of one's own, if the store has it. */
const always = [
  environment.store,
  environment.region,
  environment.port,
  environment.corsOrigins,
  environment.corsOtherSites,
  environment.sentryDsn,
];

const storeScripts: ReadonlySet<string> = new Set(Object.values(entryPoints));

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

/** Parts that a store has only by a setting, which a program that needs them must not miss. */
const partsBySetting: readonly { need: Need; setting: string; has: (store: ResolvedSettings) => boolean; line: string }[] = [
  {
    need: 'email',
    setting: 'emailFrom',
    has: ({ emailFrom }) => emailFrom !== undefined,
    line: '"emailFrom": "orders@example.com"',
  },
  {
    need: 'payments',
    setting: 'payments',
    has: ({ payments }) => payments !== undefined,
    line: '"payments": { "stripeSecretArn": "arn:aws:secretsmanager:..." }',
  },
  { need: 'jobsCache', setting: 'jobsCache', has: ({ jobsCache }) => jobsCache !== undefined, line: '"jobsCache": {}' },
  { need: 'traces', setting: 'traces', has: ({ traces }) => traces !== undefined, line: '"traces": {}' },
];

export const appRules: readonly Rule[] = [
  {
    id: 'app-instead-of-container',
    paths: ['container', 'app.api'],
    condition: ({ given }) => given.container !== undefined && given.app?.api !== undefined,
    message: () => 'it is not allowed beside app.api, which replaces it',
    fix: () => ({ line: 'leave it out' }),
    hidden: true,
  },
  {
    id: 'container-has-an-image',
    paths: ['container.image', 'container'],
    condition: ({ given }) => given.container !== undefined && given.container.image === undefined,
    message: () => "the rest of container is read for an image alone: the store's own API takes none of it",
    fix: () => ({ line: 'leave container out, or set app.api' }),
  },
  ...partsBySetting.map(needsItsPart),
  {
    id: 'store-programs-need-store-migrations',
    paths: ['app.migrations', 'app.worker', 'app.api'],
    condition: ({ app }) => app.migrations !== 'store' && storePrograms(app).length > 0,
    message: ({ app }) => `"store" is needed by ${storePrograms(app).join(' and ')} of the store, which ask for its tables`,
    fix: ({ app }) =>
      app.worker === 'store' ? { line: '"app": { "worker": "none", … }, or a worker and an API of your own' } : 'store',
  },
  {
    id: 'store-api-needs-store-worker',
    paths: ['app.worker', 'app.api'],
    condition: ({ app }) => app.api === undefined && app.worker !== 'store',
    message: () => '"store" is needed by the API of the store, whose reservations, e-mails and payments its worker ends',
    fix: () => ({ line: 'leave it out, or bring an API of your own as app.api' }),
  },
  {
    id: 'command-is-not-the-stores',
    paths: ['app'],
    condition: (store) =>
      ownPrograms(store).flatMap(({ path, program: { command = [] } }) =>
        command[0] === 'node' && storeScripts.has(command[1] ?? '') ? [`${path}.command`] : [],
      ),
    message: () => 'reviews know the programs of the store by this command, and would take yours for one',
    fix: (store, path) => {
      const command = ownPrograms(store).find((own) => path.startsWith(own.path))?.program.command ?? [];
      return command.map((word, index) => (index === 1 ? `./${word}` : word));
    },
  },
  { ...notTaken('environment'), hidden: true },
  notTaken('secrets'),
  {
    id: 'secret-not-plain',
    paths: ['app', 'container'],
    hidden: true,
    condition: (store) =>
      ownPrograms(store).flatMap(({ path, program }) =>
        Object.keys(program.environment)
          .filter((name) => secretVariables.has(name) && !isTaken(path, program).has(name))
          .map((name) => `${path}.environment.${name}`),
      ),
    message: () => 'it holds a secret, which must not stand in a template',
    fix: (_, path) => ({
      line: `put it into Secrets Manager: "secrets": { "${path.slice(path.lastIndexOf('.') + 1)}": "arn:aws:secretsmanager:..." }`,
    }),
  },
  {
    id: 'secret-or-environment',
    paths: ['app', 'container'],
    hidden: true,
    condition: (store) =>
      ownPrograms(store).flatMap(({ path, program }) =>
        Object.keys(program.environment)
          .filter((name) => Object.hasOwn(program.secrets, name))
          .map((name) => `${path}.environment.${name}`),
      ),
    message: () => 'a name may be under environment or under secrets; ECS refuses both',
    fix: () => ({ line: 'leave one of the two out' }),
  },
  {
    id: 'one-renders-the-site',
    paths: ['app.api.rendersSite', 'app.site'],
    condition: ({ app: { api, site } }) => api?.rendersSite === true && site !== undefined,
    message: () => 'only false is allowed beside app.site, which renders it',
    fix: () => false,
  },
  {
    id: 'capacity-of-own-api',
    paths: ['appCapacity', 'app.api', 'container'],
    condition: ({ app, appCapacity }) => appCapacity !== undefined && app.api === undefined,
    message: () => "it is not allowed without an API of your own: the store's is measured by npm run bench",
    fix: () => ({ line: 'leave it out; npm start -- --assume apiCpuMicroseconds=… counts with another figure' }),
  },
  {
    id: 'site-memory',
    paths: ['app.site.memoryMiB', 'app.site.cpu'],
    condition: ({ app: { site } }) => site !== undefined && !fargateMemory(site.cpu).includes(site.memoryMiB),
    message: ({ app: { site } }) => `Fargate gives ${site?.cpu} CPU units ${formatFargateMemory(site?.cpu ?? 0)}`,
    fix: ({ app: { site } }) => {
      const allowed = fargateMemory(site?.cpu ?? 0);
      return allowed.find((memory) => memory >= (site?.memoryMiB ?? 0)) ?? allowed.at(-1) ?? 0;
    },
  },
  {
    id: 'site-tasks',
    paths: ['app.site.maxTasks', 'app.site.minTasks'],
    condition: ({ app: { site } }) => site !== undefined && site.minTasks > site.maxTasks,
    message: ({ app: { site } }) => `${site?.minTasks} (app.site.minTasks) or more is allowed`,
    fix: ({ app: { site } }) => site?.minTasks ?? 1,
  },
];

interface PlacedProgram {
  /** Where its settings stand. */
  readonly path: string;
  readonly program: OwnProgram;
}

/** What somebody brings, and where it is said. */
export function ownPrograms({ app, given }: Pick<ResolvedSettings, 'app' | 'given'>): readonly PlacedProgram[] {
  const { api, worker, migrations, site } = app;
  const all = { api, worker, migrations, site };
  return Object.entries(all).flatMap(([name, program]) => {
    if (typeof program !== 'object') return [];
    return [{ path: name === 'api' && given.app?.api === undefined ? 'container' : `app.${name}`, program }];
  });
}

const storePrograms = ({ api, worker }: ResolvedSettings['app']): readonly string[] => [
  ...(api === undefined ? ['the API'] : []),
  ...(worker === 'store' ? ['the worker'] : []),
];

function needsItsPart({ need, setting, has, line }: (typeof partsBySetting)[number]): Rule {
  return {
    id: `${need}-for-who-needs-it`,
    paths: ['app', 'container', setting],
    condition: (store) =>
      has(store)
        ? []
        : ownPrograms(store)
            .filter(({ program }) => program.needs.includes(need))
            .map(({ path }) => `${path}.needs`),
    message: () => `"${need}" needs the setting ${setting}`,
    fix: () => ({ line }),
  };
}

function notTaken(part: 'environment' | 'secrets'): Rule {
  return {
    id: `${part}-not-taken`,
    paths: ['app', 'container'],
    condition: (store) =>
      ownPrograms(store).flatMap(({ path, program }) =>
        Object.keys(program[part])
          .filter((name) => isTaken(path, program).has(name))
          .map((name) => `${path}.${part}.${name}`),
      ),
    message: () => 'the stack sets this variable itself (services/contract.ts)',
    fix: (_, path) => ({ line: insteadOf(path) }),
  };
}

/** Its needs bring these; migrations always need the database, and a site is told where the API is. */
function isTaken(path: string, { needs }: OwnProgram): ReadonlySet<string> {
  const more: readonly Need[] = path === 'app.migrations' ? ['database'] : [];
  const ofSite = path === 'app.site' ? [environment.apiUrl] : [];
  return new Set([...always, ...ofSite, ...[...needs, ...more].flatMap((need) => variablesOfNeed[need])]);
}

function insteadOf(path: string): string {
  const setting = settingOf[path.slice(path.lastIndexOf('.') + 1)];
  return setting === undefined ? 'leave it out, or choose another name' : `leave it out, and set ${setting} instead`;
}
