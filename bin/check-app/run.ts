import { chmodSync, mkdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { LocalError } from '../local/local-error';
import { freePort } from '../local/parts/free-port';
import type { Backends } from './backends';
import type { Turn } from './backends/roles';
import type { CheckConfig } from './config';
import { type DiskWatch, watchDisk } from './disk';
import { dockerCommand } from './docker';
import { watchMemory } from './memory';
import { ownPrograms } from './needs';
import type { Program, ProgramName, ProgramsOfTemplate } from './programs';
import { runSteps, send } from './steps';
import { startTask, type Task } from './task';
import { variablesOf, writableFolder } from './variables';

/** Limits that a test shortens. */
export interface Limits {
  /** Until a program listens: for as long ECS overlooks a failing health check. */
  readonly startSeconds: number;
  /** Between SIGTERM and SIGKILL. */
  readonly stopSeconds: number;
  /** That the load balancer keeps an idle connection. */
  readonly idleSeconds: number;
  /** Until what happens eventually has happened. */
  readonly patienceSeconds: number;
  /** That the database and the cache are away. */
  readonly outageSeconds: number;
}

export interface RunProps {
  readonly config: CheckConfig;
  readonly app: ProgramsOfTemplate;
  readonly backends: Backends;
  readonly healthPaths: Readonly<Partial<Record<ProgramName, string>>>;
  readonly limits: Limits;
  /** Whether programs start from their images, by Docker. */
  readonly docker: boolean;
  /** Both outputs of the programs. */
  readonly write: (text: string) => void;
  readonly progress: (text: string) => void;
}

export interface StartOptions {
  /** Another user than that of this process. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** Words before the command. */
  readonly wrap?: readonly string[];
}

/**
 * Only Linux answers at all of 127/8, and only to those who listen at every address: a program that listens at 127.0.0.1 alone is reached
 * by no load balancer.
 */
const address = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1';

/** ms between two tries to connect. */
const tryEveryMs = 50;

export const originOf = ({ port }: Pick<Task, 'port'>): string => `http://${address}:${port}`;

/** An app that runs, and what its points share: each step is taken once, by whoever asks first. */
export class Run {
  readonly tasks: Task[] = [];
  readonly own: readonly Program[];
  readonly memory = watchMemory(this.tasks);
  readonly disk: DiskWatch;
  private readonly current = new Map<ProgramName, Task>();
  private readonly ports = new Map<ProgramName, number>();

  constructor(readonly props: RunProps) {
    this.own = ownPrograms(props.app);
    const { backends, config } = props;
    const [temporary, home] = [writableFolder(backends.folder, 'tmp'), writableFolder(backends.folder, 'home')];
    for (const folder of [temporary, home]) {
      mkdirSync(folder);
      chmodSync(folder, 0o777);
    }
    this.disk = watchDisk({ app: config.folder, temporary, home });
  }

  program(name: ProgramName): Program | undefined {
    return this.own.find((program) => program.name === name);
  }

  /** Those that a load balancer sends requests to. */
  get servers(): readonly Program[] {
    return this.own.filter(({ name }) => name === 'api' || name === 'site');
  }

  get steps() {
    return this.props.config.probe.steps;
  }

  /** Starts one more task. @param turn whose password it is handed */
  async start(program: Program, turn: Turn = 'a', { owner, wrap = [] }: StartOptions = {}): Promise<Task> {
    const { config, backends, docker, write } = this.props;
    const port = await freePort();
    if (!this.ports.has(program.name)) this.ports.set(program.name, port);
    const variables = variablesOf({
      program,
      backends,
      turn,
      port,
      apiUrl: this.urlOf('api'),
      siteUrl: this.urlOf('site'),
      given: config.variables,
    });
    const command = docker ? dockerCommand(program, variables, backends.authority) : [...wrap, ...commandOf(program, config)];
    const task = startTask({ program, command, folder: config.folder, turn, port, variables, owner, write });
    this.tasks.push(task);
    return task;
  }

  /** Roles are there; what the app's own migrations do comes before anything else. undefined: it has none. */
  readonly migrated = once(async (): Promise<readonly (number | string)[] | undefined> => {
    const program = this.program('migrations');
    if (program === undefined) return undefined;
    const racing = await Promise.all([this.start(program), this.start(program)]);
    const codes = await Promise.all(racing.map(({ exit }) => exit));
    const again = await this.start(program);
    return [...codes, await again.exit];
  });

  /** A task of each program that stays: the worker first, then those who listen. */
  private readonly started = once(async (): Promise<void> => {
    await this.migrated();
    for (const name of ['worker', 'api', 'site'] as const) {
      const program = this.program(name);
      if (program !== undefined) this.replace(await this.start(program));
    }
  });

  /** This one stays from now on, in place of another of its program. */
  replace(task: Task): void {
    this.current.set(task.program.name, task);
  }

  /** A task of each program that stays. */
  staying(): readonly Task[] {
    return [...this.current.values()];
  }

  /** What ECS does where a program has ended: another task takes its place. @param all also that of those who still run, for the points to come */
  async revive(all: boolean): Promise<void> {
    for (const gone of this.staying().filter((task) => all || !task.running())) {
      gone.kill();
      const task = await this.start(gone.program, this.turn());
      this.replace(task);
      if (task.program.name !== 'worker') await this.untilListens(task);
    }
  }

  /** Whose password a task is handed now. */
  turn(): Turn {
    return this.staying().some(({ turn }) => turn === 'b') ? 'b' : 'a';
  }

  /** Those that stay are told to stop, all at once; ms until each ended by itself. */
  readonly ended = once(async (): Promise<readonly { readonly name: ProgramName; readonly ms: number | undefined }[]> => {
    await this.unheard();
    const running = this.staying().filter((task) => task.running());
    const { stopSeconds } = this.props.limits;
    return Promise.all(running.map(async (task) => ({ name: task.program.name, ms: await task.stop(stopSeconds) })));
  });

  /** What keeps a server from being asked. */
  readonly unheard = once(async (): Promise<ReadonlyMap<ProgramName, string>> => {
    const problems = new Map<ProgramName, string>();
    await this.started();
    for (const [name, task] of this.current) {
      const problem = name === 'worker' ? undefined : await this.untilListens(task);
      if (problem !== undefined) problems.set(name, problem);
    }
    return problems;
  });

  /** The servers that listen. */
  async listening(): Promise<readonly Task[]> {
    const unheard = await this.unheard();
    return this.servers.flatMap(({ name }) => (unheard.has(name) ? [] : (this.current.get(name) ?? [])));
  }

  /** The task that users' steps go to. */
  async main(): Promise<Task> {
    const [main] = await this.listening();
    if (main === undefined) throw new Error('asked only where something listens');
    return main;
  }

  /** What of the users' steps did not come as expected. */
  readonly exercised = once(async (): Promise<string | undefined> => this.trySteps([await this.main()]));

  /** Steps go to the tasks in turn. */
  trySteps(tasks: readonly Task[]): Promise<string | undefined> {
    return runSteps({
      steps: this.steps,
      origin: (step) => originOf(tasks[step % tasks.length] as Task),
      patienceMs: this.props.limits.patienceSeconds * 1000,
    });
  }

  healthPath({ program }: Pick<Task, 'program'>): string {
    return this.props.healthPaths[program.name] ?? '/';
  }

  /** undefined as soon as something answers at all; otherwise why nothing does. */
  async untilListens(task: Task): Promise<string | undefined> {
    const { startSeconds } = this.props.limits;
    const until = performance.now() + startSeconds * 1000;
    while (performance.now() < until) {
      if (!task.running()) return `${task.program.name} exited (${await task.exit})${lastWords(task)}`;
      const answer = await send(`${originOf(task)}${this.healthPath(task)}`, {}, 5_000);
      if ('status' in answer || answer.failure.startsWith('no answer')) return undefined;
      await pause(tryEveryMs);
    }
    return `nothing of ${task.program.name} listens on PORT (${task.port}) at every address within ${startSeconds} s`;
  }

  /** Ends whatever still runs. */
  async stop(): Promise<void> {
    this.memory.stop();
    for (const task of this.tasks) task.kill();
    await Promise.all(this.tasks.map(({ exit }) => exit));
  }

  private urlOf(name: ProgramName): string {
    return `http://127.0.0.1:${this.ports.get(name) ?? 80}`;
  }
}

/** What a program wrote before it ended. */
export function lastWords({ output }: Task): string {
  const text = Buffer.concat(output.both).toString().trimEnd();
  const lines = text.split('\n').slice(-3).join(' | ').slice(-300);
  return lines === '' ? '' : `: ${lines}`;
}

function commandOf({ name, command }: Program, { commands }: CheckConfig): readonly string[] {
  const found = commands[name] ?? command;
  if (found === undefined)
    throw new LocalError(
      `The command of ${name} is its image's, which is not known here → "commands": { "${name}": ["node", "…"] }`,
    );
  return found;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
