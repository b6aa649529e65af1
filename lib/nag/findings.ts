import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, type Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, type NagPack, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import type { StoreConfig } from '../config/store-config';
import type { FindingsReview } from '../review/protection/types';
import { addStore, createApp, withoutNotes } from '../store-app';
import { type AcceptedFinding, acceptedFindings, observed } from './accepted-findings';

/** What a check found and nobody acknowledged. */
export type Finding = FindingsReview['packs'][number]['open'][number];

/** Packs of cdk-nag by the name that the report gives them. PCI DSS 3.2.1 is retired: reported, not enforced. */
const packs = {
  AwsSolutions: { name: 'AwsSolutions', enforced: true, checks: (app) => new AwsSolutionsChecks(app) },
  'NIST.800.53.R5': { name: 'NIST 800-53 R5', enforced: true, checks: (app) => new NIST80053R5Checks(app) },
  'PCI.DSS.321': { name: 'PCI DSS 3.2.1', enforced: false, checks: (app) => new PCIDSS321Checks(app) },
} as const satisfies Record<string, { name: string; enforced: boolean; checks: (app: App) => NagPack }>;

interface Report {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

/** What AWS's template validation and all packs say of a stack, by one synthesis. Takes seconds. */
export function findingsReview(addStack: (app: App) => Stack): FindingsReview {
  const accepted: AcceptedFinding[] = [];
  return validated((app, report) => {
    const stack = addStack(app);
    const plugins = Object.values(packs).map(({ checks }) =>
      observed(checks(app), (...rule) => accepted.push(...acceptedFindings(...rule))),
    );
    Validations.of(app).addPlugins(...plugins);
    synthesizeDespiteFindings(app, report);
    const below = (path: string) => (path === stack.node.path ? '' : path.replace(`${stack.node.path}/`, ''));
    return { packs: packsIn(report, below), acknowledged: byRule(accepted, below) };
  });
}

/** The same of a store as a deployment would make it. */
export function findingsOf(config: StoreConfig): FindingsReview {
  return findingsReview((app) => addStore(app, config));
}

/** Runs with the CDK's validation on, and without what it prints: the report is what counts. */
function validated<Result>(run: (app: App, report: string) => Result): Result {
  const validation = process.env['CDK_VALIDATION'];
  const outdir = mkdtempSync(join(tmpdir(), 'findings-'));
  const { error } = console;
  process.env['CDK_VALIDATION'] = 'true';
  console.error = () => {};
  try {
    return run(createApp({ ...withoutNotes, outdir }), join(outdir, 'validation-report.json'));
  } finally {
    console.error = error;
    if (validation === undefined) delete process.env['CDK_VALIDATION'];
    else process.env['CDK_VALIDATION'] = validation;
    rmSync(outdir, { recursive: true, force: true });
  }
}

function synthesizeDespiteFindings(app: App, report: string): void {
  try {
    app.synth();
  } catch (error) {
    if (!existsSync(report)) throw error; // findings are in the report; anything else is not
  }
}

/** A pack that found nothing has no report, and without any there is no file. */
function packsIn(file: string, below: (path: string) => string): FindingsReview['packs'] {
  const { pluginReports } = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : { pluginReports: [] };
  const open = pluginReports.flatMap(({ pluginName, violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => ({ pluginName, rule: ruleName, at: below(constructPath) })),
    ),
  );
  const openOf = (isPlugin: (plugin: string) => boolean) =>
    open.filter(({ pluginName }) => isPlugin(pluginName)).map(({ rule, at }) => ({ rule, at }));
  return [
    // AWS's own template validation always runs; its report has a plug-in of another name.
    { name: 'AWS’s validation', enforced: true, open: openOf((plugin) => !Object.hasOwn(packs, plugin)) },
    ...Object.entries(packs).map(([id, { name, enforced }]) => ({ name, enforced, open: openOf((plugin) => plugin === id) })),
  ];
}

/** One entry a rule and reason, in the order of the packs. */
function byRule(accepted: readonly AcceptedFinding[], below: (path: string) => string): FindingsReview['acknowledged'] {
  return [...Map.groupBy(accepted, ({ rule, reason }) => `${rule} ${reason}`).values()].flatMap((alike) => {
    const [first] = alike;
    return first ? [{ rule: first.rule, reason: first.reason, at: [...new Set(alike.map(({ at }) => below(at)))] }] : [];
  });
}

/** Findings that nobody acknowledged: of AWS and the packs that a store has to pass, or of those that are only reported. */
export function openFindings(review: FindingsReview, which: 'enforced' | 'reported'): readonly Finding[] {
  return review.packs.filter(({ enforced }) => enforced === (which === 'enforced')).flatMap(({ open }) => open);
}
