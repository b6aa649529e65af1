import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { idleConnectionSeconds } from '../../services/contract';
import { startChild } from '../local/parts/child';

/** What of the contract is looked at, in this order. */
export type Point = 'port' | 'health' | 'keep-alive' | 'database' | 'in progress' | 'stop';

export interface Finding {
  readonly point: Point;
  /** undefined: could not be looked at. */
  readonly passed: boolean | undefined;
  /** What was seen, and what to change. */
  readonly text: string;
}

export interface ContractProps {
  readonly command: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly port: number;
  readonly healthPath: string;
  /** A path whose answer takes a second or so. @default - requests under way are not looked at */
  readonly slowPath: string | undefined;
  readonly startSeconds: number;
  readonly stopSeconds: number;
  /** How often somebody has logged in to PostgreSQL as the application. */
  readonly logIns: () => number;
  /** Seconds that the load balancer keeps an idle connection. @default - those of the stack */
  readonly idleSeconds?: number;
  /** Both outputs of the program. */
  readonly write: (text: string) => void;
  /** What takes longer than a few seconds. */
  readonly progress: (text: string) => void;
}

/** ms that the load balancer waits for the answer to its question of health: lib/constructs/api-service.ts. */
const healthLimitMs = 5_000;

/** ms between two tries to connect. */
const tryEveryMs = 50;

/** ms after which a request that was sent is with the program. */
const underWayMs = 200;

/**
 * Only Linux answers at all of 127/8, and only to those who listen at every address: a program that listens at 127.0.0.1 alone is reached
 * by no load balancer.
 */
const address = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1';

/** Starts the program as ECS would, asks what the load balancer asks, and stops it as ECS does. */
export async function checkContract(props: ContractProps): Promise<readonly Finding[]> {
  const logInsBefore = props.logIns();
  const [program = '', ...args] = props.command;
  const child = startChild(program, args, { env: { ...inherited(), ...props.variables } });
  for (const output of [child.stdout, child.stderr]) output.on('data', (data: Buffer) => props.write(data.toString()));
  const ended = once(child, 'exit').catch((error: unknown) => props.write(`${String(error)}\n`));
  try {
    const port = await checkPort(child, props);
    if (!port.passed) return [port];
    const health = await checkHealth(props);
    const keepAlive = await checkKeepAlive(props);
    const slow = props.slowPath === undefined ? undefined : statusOf(urlOf(props, props.slowPath));
    const early = await Promise.race([slow, wait(underWayMs, undefined)]);
    const database = checkDatabase(props.logIns() - logInsBefore);
    const stop = await checkStop(child, ended, props.stopSeconds);
    return [port, health, keepAlive, database, underWay(early, await slow), stop];
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

/** What a process needs to be found and to run at all. */
function inherited(): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME };
}

const finding = (point: Point, passed: Finding['passed'], text: string): Finding => ({ point, passed, text });
const urlOf = ({ port }: ContractProps, path: string): string => `http://${address}:${port}${path}`;
const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

async function checkPort(child: ChildProcess, props: ContractProps): Promise<Finding> {
  const started = performance.now();
  while (performance.now() - started < props.startSeconds * 1000) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      return finding('port', false, `the program exited (${child.exitCode ?? child.signalCode ?? 'not found'})`);
    }
    const answered = await fetch(urlOf(props, props.healthPath), { signal: AbortSignal.timeout(healthLimitMs) }).then(
      () => true,
      (error: unknown) => error instanceof Error && error.name === 'TimeoutError', // it listens; its health is the next point
    );
    if (answered) return finding('port', true, `listens on PORT after ${seconds(started)}`);
    await wait(tryEveryMs);
  }
  const unheard = `nothing listens on PORT (${props.port}) on all addresses within ${props.startSeconds} s`;
  return finding('port', false, `${unheard}; listen on 0.0.0.0 and the port in the variable`);
}

async function checkHealth(props: ContractProps): Promise<Finding> {
  const started = performance.now();
  const response = await fetch(urlOf(props, props.healthPath), {
    signal: AbortSignal.timeout(healthLimitMs),
    redirect: 'manual',
  }).catch(() => undefined);
  await response?.arrayBuffer();
  const { healthPath: path } = props;
  if (response?.status === 200) return finding('health', true, `${path} answers 200 within ${seconds(started)}`);
  const saw = response === undefined ? `does not answer within ${healthLimitMs / 1000} s` : `answers ${response.status}`;
  return finding('health', false, `${path} ${saw}; the load balancer accepts only 200, and does not log in`);
}

/** Where the program closes an idle connection first, the load balancer may send the next request into it: a 502. */
async function checkKeepAlive(props: ContractProps): Promise<Finding> {
  const { idleSeconds = idleConnectionSeconds } = props;
  const kept = await keptSeconds(props, idleSeconds).catch(() => undefined);
  if (kept === undefined) return finding('keep-alive', undefined, 'the health check gives no whole answer');
  if (kept === 0) return finding('keep-alive', true, 'closes each connection after its answer');
  if (kept > idleSeconds) return finding('keep-alive', true, `keeps an idle connection for more than ${idleSeconds} s`);
  const advice = `the load balancer keeps it ${idleSeconds} s; keep it longer (in Node.js server.keepAliveTimeout = ${(idleSeconds + 5) * 1000})`;
  return finding('keep-alive', false, `closes an idle connection after ${kept} s; ${advice}`);
}

/** How long the program keeps an idle connection, by its word or by waiting; 0 where each answer ends its own. */
async function keptSeconds(props: ContractProps, idleSeconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  try {
    const request = get(urlOf(props, props.healthPath), { agent, timeout: healthLimitMs });
    request.once('timeout', () => request.destroy(new Error('no answer')));
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const { socket, headers, httpVersion } = response;
    await once(response.resume(), 'end');
    if (headers.connection?.toLowerCase() === 'close' || httpVersion === '1.0') return 0;
    const announced = /timeout=(\d+)/.exec(String(headers['keep-alive']))?.[1];
    if (announced !== undefined) return Number(announced);
    props.progress(`Waiting up to ${idleSeconds + 1} s to see whether it keeps an idle connection …\n`);
    const since = performance.now();
    await Promise.race([once(socket, 'close'), wait((idleSeconds + 1) * 1000)]);
    return Math.round((performance.now() - since) / 1000);
  } finally {
    agent.destroy();
  }
}

function checkDatabase(logIns: number): Finding {
  if (logIns > 0) return finding('database', true, 'logged in to PostgreSQL by the variables');
  const advice = 'connect to DATABASE_NAME at DATABASE_HOST as DATABASE_USER, at the start or in the health check';
  return finding('database', false, `no log-in to PostgreSQL: ${advice}`);
}

/** The status of a whole answer, or that there was none. */
async function statusOf(url: string): Promise<number | 'dropped'> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 'dropped';
  }
}

function underWay(early: number | 'dropped' | undefined, outcome: number | 'dropped' | undefined): Finding {
  const point = 'in progress';
  if (outcome === undefined) return finding(point, undefined, 'pass --slow-path, a path that takes about a second');
  if (outcome !== 200) {
    const saw = outcome === 'dropped' ? outcome : `answered ${outcome}`;
    return finding(point, false, `a request in progress at SIGTERM was ${saw}; stop listening, finish it, then exit`);
  }
  if (early !== undefined) return finding(point, undefined, 'the slow path answered before SIGTERM; use a slower one');
  return finding(point, true, 'a request in progress at SIGTERM was answered');
}

async function checkStop(child: ChildProcess, ended: Promise<unknown>, limit: number): Promise<Finding> {
  const signalled = performance.now();
  child.kill('SIGTERM');
  const inTime = await Promise.race([ended.then(() => true), wait(limit * 1000, false, { ref: false })]);
  if (inTime) return finding('stop', true, `ended ${seconds(signalled)} after SIGTERM`);
  child.kill('SIGKILL');
  return finding('stop', false, `still runs ${limit} s after SIGTERM, when ECS kills it together with its requests`);
}
