import { isUtf8 } from 'node:buffer';
import type { Task } from './task';

export interface ReadOutput {
  readonly lines: number;
  /** Of these, objects in JSON. */
  readonly json: number;
  /** What a log must not have. */
  readonly problem: string | undefined;
}

/** What is no text: everything below a space, but for tab, line feed, carriage return and the escape that colours begin with. */
const binary = /[\0-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f]/; // oxlint-disable-line no-control-regex -- it looks for them

/** Lines of both outputs of a program, each by itself. */
export function readOutput({ stdout, stderr }: Task['output'], secrets: readonly string[]): ReadOutput {
  const streams = [Buffer.concat(stdout), Buffer.concat(stderr)];
  const lines = streams.flatMap((bytes) => bytes.toString().split('\n')).filter((line) => line.trim() !== '');
  return {
    lines: lines.length,
    json: lines.filter(isJson).length,
    problem: streams.map((bytes) => problemOf(bytes, secrets)).find((problem) => problem !== undefined),
  };
}

function problemOf(bytes: Buffer, secrets: readonly string[]): string | undefined {
  const text = bytes.toString();
  if (secrets.some((secret) => text.includes(secret))) return 'a password stands in the log; leave URLs with passwords out of it';
  if (!isUtf8(bytes) || binary.test(text)) return 'the log has bytes that are no text; write lines of UTF-8';
  if (text !== '' && !text.endsWith('\n')) return `the last line has no end: ${text.slice(-80)}; end each line`;
  return undefined;
}

function isJson(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
