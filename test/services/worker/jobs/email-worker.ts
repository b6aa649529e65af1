import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SesStandIn } from '../../../../bin/local/parts/ses';
import { createEmailSender } from '../../../../services/worker/email-sender';
import { createEmailJob } from '../../../../services/worker/jobs/email';
import { Pace, type Pause } from '../../../../services/worker/pace';
import { collectedLog } from '../../parts/collected-log';
import type { Store } from '../store';

/** A time that goes on when somebody waits for it. */
export function clock() {
  let now = 0;
  const pause: Pause = async (ms, _, { signal }) => {
    const until = now + ms;
    await nextTurn();
    signal.throwIfAborted();
    now = Math.max(now, until);
  };
  return { now: () => now, pause };
}

/** Of the request that every message of the suites comes from. */
export const requestIdOfTests = 'request-of-the-tests';

export const siteUrl = 'https://shop.example.com';
export const apiUrl = 'https://api.example.com';

interface EmailWorkerProps {
  /** Sender. */
  readonly from?: string | undefined;
  readonly time?: ReturnType<typeof clock>;
}

/** A worker as far as e-mails go, which sends them to a stand-in of SES. */
export function emailWorker(store: Store, ses: SesStandIn, { time = clock(), ...props }: EmailWorkerProps = {}) {
  const { log, lines, text } = collectedLog();
  const client = { endpoint: ses.url, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const pace = new Pace(time.now, time.pause);
  const from = 'from' in props ? props.from : 'shop@example.com';
  const emails = createEmailSender({ from, region: 'eu-west-1', log, ses: client, pace });
  const job = createEmailJob({ database: store.database, emails, siteUrl, apiUrl, pause: time.pause });
  const handle = async (message: unknown, signal = new AbortController().signal) => {
    await job(message, { log, signal, last: false, requestId: requestIdOfTests });
    // Holds for every e-mail of every suite.
    const without = ses.taken.filter(({ Content }) => Content.Simple.Headers?.at(-1)?.Value !== requestIdOfTests);
    if (without.length > 0) throw new Error(`Without the id of its request: ${without[0]?.Content.Simple.Subject.Data}`);
  };
  return { handle, lines, text };
}
