import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, type IPolicyValidationPlugin, type Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { createApp } from './store-app';

/** What a check found and nobody acknowledged. */
export interface Finding {
  readonly rule: string;
  /** Construct path below the stack. */
  readonly at: string;
}

/** AWS's own template validation always runs; these packs of cdk-nag on top of it. PCI DSS 3.2.1 is retired: told, not enforced. */
export const packs = {
  enforced: (app: App): IPolicyValidationPlugin[] => [new AwsSolutionsChecks(app), new NIST80053R5Checks(app)],
  reported: (app: App): IPolicyValidationPlugin[] => [new PCIDSS321Checks(app)],
} as const;

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

/** Synthesises a stack with AWS's template validation and the packs, and gives what they found. Takes seconds. */
export function findings(addStack: (app: App) => Stack, which: keyof typeof packs): readonly Finding[] {
  const validation = process.env['CDK_VALIDATION'];
  const outdir = mkdtempSync(join(tmpdir(), 'findings-'));
  const report = join(outdir, 'validation-report.json');
  const { error } = console;
  process.env['CDK_VALIDATION'] = 'true';
  console.error = () => {}; // the CDK prints the report that is returned here
  try {
    const app = createApp({ outdir });
    const stack = addStack(app);
    Validations.of(app).addPlugins(...packs[which](app));
    synthesizeDespiteFindings(app, report);
    return read(report, `${stack.node.path}/`);
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

function read(report: string, prefix: string): readonly Finding[] {
  const { pluginReports } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  return pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => ({ rule: ruleName, at: constructPath.replace(prefix, '') })),
    ),
  );
}
