import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const root = join(__dirname, '../..');
const folder = join(root, '.github/workflows');

export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

export interface Job {
  readonly if?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly environment?: string;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

export const workflowNames: readonly string[] = readdirSync(folder).filter((name) => name.endsWith('.yml'));

export const workflowText = (name: string): string => readFileSync(join(folder, name), 'utf8');

export const workflowOf = (name: string): Workflow => parse(workflowText(name)) as Workflow;

export const stepsOf = ({ jobs }: Workflow): readonly Step[] => Object.values(jobs).flatMap(({ steps }) => steps);

/** The script of a step, by its name. */
export function scriptOf(workflow: string, name: string): string {
  const { run } = stepsOf(workflowOf(workflow)).find((step) => step.name === name) ?? {};
  if (run === undefined) throw new Error(`${workflow} has no step "${name}" that runs something`);
  return run;
}
