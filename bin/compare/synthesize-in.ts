import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { templateOnly } from '../../lib/store-app';
import { parseTemplate } from '../../lib/template/parse-template';
import type { CloudFormationTemplate } from '../../lib/template/template';

export type Synthesized = { readonly template: CloudFormationTemplate } | { readonly problem: string };

interface CdkJson {
  readonly app?: unknown;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** cdk.json of a checkout. @throws Error of the file system, SyntaxError */
export function cdkJsonOf(folder: string): CdkJson {
  return JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8')) as CdkJson;
}

/** Runs the CDK app of a checkout by itself, as the CDK's command line would; its packages must be installed. Its code is what is run. */
export function synthesizeIn(folder: string, context: Readonly<Record<string, unknown>>): Synthesized {
  const { app } = cdkJsonOf(folder);
  if (typeof app !== 'string') return { problem: 'cdk.json names no app' };
  const outdir = mkdtempSync(join(tmpdir(), 'compare-'));
  try {
    const { status, stderr, error } = spawnSync('sh', ['-c', app], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        CDK_OUTDIR: outdir,
        CDK_CONTEXT_JSON: JSON.stringify({ ...templateOnly.context, ...context }),
        CDK_VALIDATION: 'false',
      },
    });
    if (error || status !== 0) return { problem: readable(error?.message ?? stderr, folder) };
    const [file, ...more] = readdirSync(outdir).filter((name) => name.endsWith('.template.json'));
    if (file === undefined || more.length > 0)
      return { problem: `its app writes ${more.length === 0 ? 'no template' : 'several templates'}` };
    return parseTemplate(readFileSync(join(outdir, file), 'utf8'), file);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

const mostLines = 30;

/** The last lines of an error without colours, and without where the checkout is on this machine. */
function readable(text: string, folder: string): string {
  const lines = stripVTControlCharacters(text)
    .replaceAll(`${resolve(folder)}/`, '')
    .trim()
    .split('\n');
  return lines.slice(-mostLines).join('\n').slice(-4_000) || 'its app ends without a word';
}
