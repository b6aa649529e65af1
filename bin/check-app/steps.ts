import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Expectation, Step } from './config';

/** How a request ended: its status and body, or the words of what failed. */
export type Answer = { readonly status: number; readonly body: unknown } | { readonly failure: string };

export interface StepsProps {
  readonly steps: readonly Step[];
  /** Where the requests of a step go; steps are counted from 0. */
  readonly origin: (step: number) => string;
  /** ms for what happens eventually. */
  readonly patienceMs: number;
}

type Kept = Readonly<Record<string, string>>;

/** ms that an answer may take: as long as the load balancer waits. */
const answerMs = 25_000;

/** ms between two looks at what happens eventually. */
const lookEveryMs = 100;

/** Does what the steps say. undefined: all of it came as expected; otherwise what did not. */
export async function runSteps({ steps, origin, patienceMs }: StepsProps): Promise<string | undefined> {
  const kept: Record<string, string> = {};
  for (const [index, step] of steps.entries()) {
    const sendStep = () => sendRequest(origin(index), step, kept);
    const wanted = step.eventually ?? step.expect ?? {};
    const until = performance.now() + (step.eventually === undefined ? 0 : patienceMs);
    let answer = await sendStep();
    let wrong = difference(answer, wanted);
    while (wrong !== undefined && performance.now() < until) {
      await pause(lookEveryMs);
      answer = await sendStep();
      wrong = difference(answer, wanted);
    }
    const { method, path } = step.request;
    if (wrong !== undefined) return `step ${index + 1}, ${method} ${filled(path, kept)}: ${wrong}`;
    for (const [name, pointer] of Object.entries(step.keep)) kept[name] = String(valueAt(bodyOf(answer), pointer));
  }
  return undefined;
}

export async function sendRequest(origin: string, { request }: Step, kept: Kept = {}): Promise<Answer> {
  const { method, path, headers, body } = request;
  const json = body === undefined ? undefined : filled(JSON.stringify(body), kept);
  return send(`${origin}${filled(path, kept)}`, {
    method,
    headers: { ...(json !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(json !== undefined && { body: json }),
  });
}

export async function send(url: string, init: RequestInit = {}, limitMs = answerMs): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(limitMs) });
    const text = await response.text();
    return { status: response.status, body: parsed(text) };
  } catch (error) {
    return { failure: failureOf(error, limitMs) };
  }
}

function failureOf(error: unknown, limitMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${limitMs / 1000} s`;
  const { cause } = error;
  return cause instanceof Error
    ? `the connection failed: ${'code' in cause ? String(cause.code) : cause.message}`
    : error.message;
}

/** What is not as expected; without a word on the status, no error of the server is. */
function difference(answer: Answer, { status, body = {} }: Expectation): string | undefined {
  if ('failure' in answer) return answer.failure;
  if (status === undefined ? answer.status >= 500 : answer.status !== status)
    return `answers ${answer.status}${status === undefined ? '' : ` and not ${status}`}${shortBody(answer.body)}`;
  for (const [pointer, wanted] of Object.entries(body)) {
    const got = valueAt(answer.body, pointer);
    if (!isDeepStrictEqual(got, wanted)) return `${pointer} is ${JSON.stringify(got)} and not ${JSON.stringify(wanted)}`;
  }
  return undefined;
}

function shortBody(body: unknown): string {
  const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
  return text === '' ? '' : `: ${text.replaceAll(/\s+/g, ' ').slice(0, 200)}`;
}

const bodyOf = (answer: Answer): unknown => ('failure' in answer ? undefined : answer.body);

const filled = (text: string, kept: Kept): string => text.replaceAll(/\{(\w+)\}/g, (all, name: string) => kept[name] ?? all);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** RFC 6901. */
function valueAt(value: unknown, pointer: string): unknown {
  const keys = pointer.split('/').slice(1);
  return keys.reduce<unknown>((inner, key) => {
    const name = key.replaceAll('~1', '/').replaceAll('~0', '~');
    return typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name) ? Reflect.get(inner, name) : undefined;
  }, value);
}
