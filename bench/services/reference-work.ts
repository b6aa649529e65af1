import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { healthPaths } from '../../services/contract';
import { median } from '../statistics';
import { viewer } from './addresses';
import { requestText } from './http-connection';
import { sendRequests } from './http-load';
import { cpuSeconds } from './process-usage';
import type { ServerProcess } from './server-process';

/** Work whose speed does not depend on the store's code, measured beside it: what the store's own figures are divided by. */
export interface ReferenceWork {
  /** ms of CPU of the kernel. */
  readonly kernelMs: number;
  /** µs of CPU of a bare `node:http` server a request over the loopback interface. */
  readonly loopbackMicros: number;
}

const requests = 10_000; // some dozen ticks of the kernel's clock, and no load beside the load
const kernelFile = join(__dirname, 'kernel.mjs');

function health(n: number): string {
  return requestText({ path: healthPaths.live, headers: viewer(n) });
}

export async function measureReference({ pid, port }: ServerProcess): Promise<ReferenceWork> {
  const { stdout } = await promisify(execFile)(process.execPath, [kernelFile]);
  const before = cpuSeconds(pid);
  await sendRequests({ port, connections: 20, requests, request: health });
  return { kernelMs: Number(stdout), loopbackMicros: ((cpuSeconds(pid) - before) / requests) * 1e6 };
}

/** The median of each. */
export const typicalReference = (all: readonly ReferenceWork[]): ReferenceWork => ({
  kernelMs: median(all.map(({ kernelMs }) => kernelMs)),
  loopbackMicros: median(all.map(({ loopbackMicros }) => loopbackMicros)),
});
