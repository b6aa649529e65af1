import { SESv2Client, type SESv2ClientConfig, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Logger } from '../runtime/logger';
import type { Traces } from '../runtime/traces';
import { traceAws } from '../runtime/traces/trace-aws';
import type { EmailContent } from './emails/layout';
import { Pace } from './pace';

export interface Email extends EmailContent {
  /** Of the message that asks for it, for the log. */
  readonly id: string;
  /** Of the request that made the message: whoever asks about an e-mail can name it, and so what it came from. */
  readonly requestId: string;
  readonly to: string;
}

export interface EmailSender {
  /** Until it is the turn of the next e-mail: SES takes so many a second. */
  turn(signal: AbortSignal): Promise<void>;
  /** One try. @throws {EmailError} */
  send(email: Email, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** SES took no e-mail; or it did not say in time, and may have. */
export class EmailError extends Error {
  readonly code = 'EMAIL';
  /** It would take this one later. */
  readonly throttled: boolean;

  constructor(error: unknown) {
    super(
      error instanceof Error ? `SES did not accept an e-mail: ${error.name}: ${withoutAddresses(error.message)}` : 'SES failed',
    );
    this.name = 'EmailError';
    this.throttled = error instanceof Error && throttling.test(error.name);
  }
}

/** More than the account's rate or day (https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html, read 2026-11-29). */
const throttling = /^(Throttling(Exception)?|TooManyRequestsException)$/;

/** SES quotes the addresses that it does not like; a log is no place for them. */
const withoutAddresses = (text: string): string => text.replace(/[^\s<>,;:"']+@[^\s<>,;:"']+/g, '…@…');

/**
 * ms: assumptions. One try: SES knows no idempotency key, so what was lost on the way back would be sent twice. The SDK's `adaptive` mode
 * would wait for a turn without an end (`Pace` has the caller's).
 */
const limits = {
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 8_000, throwOnRequestTimeout: true },
  maxAttempts: 1,
} as const;

interface EmailSenderProps {
  /** Sender. @default - no e-mail is sent */
  readonly from: string | undefined;
  readonly region: string;
  readonly log: Logger;
  readonly ses?: SESv2ClientConfig;
  readonly pace?: Pace;
  /** @default - nothing records what SES is asked */
  readonly traces?: Traces | undefined;
}

/** `ses`: settings of the client, for an SES that is not AWS's. */
export function createEmailSender({ from, region, log, ses = {}, pace = new Pace(), traces }: EmailSenderProps): EmailSender {
  if (from === undefined) {
    return {
      turn: async () => undefined,
      send: async ({ id, requestId }) => log.warn('An e-mail was not sent: no sender is set', { id, requestId }),
      close: () => undefined,
    };
  }
  const client = new SESv2Client({ region, ...limits, ...ses });
  if (traces) traceAws(client, traces);
  return {
    turn: (signal) => pace.turn(signal),
    send: async ({ id, requestId, to, subject, text, html, stopUrl }, abortSignal) => {
      const command = new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { ToAddresses: [to] },
        Content: {
          Simple: {
            Subject: utf8(subject),
            Body: { Text: utf8(text), Html: utf8(html) },
            Headers: [...(stopUrl === undefined ? [] : stopHeaders(stopUrl)), { Name: 'X-Request-Id', Value: requestId }],
          },
        },
      });
      try {
        const { MessageId } = await client.send(command, { abortSignal });
        pace.taken();
        log.info('E-mail sent', { id, requestId, sesMessageId: MessageId });
      } catch (error) {
        const failure = new EmailError(error);
        if (failure.throttled) pace.throttled();
        throw failure;
      }
    },
    close: () => client.destroy(),
  };
}

/**
 * In this order (https://aws.amazon.com/blogs/messaging-and-targeting/using-one-click-unsubscribe-with-amazon-ses/, read 2026-11-29); SES signs both with
 * its DKIM key, as RFC 8058 asks.
 */
const stopHeaders = (url: string) => [
  { Name: 'List-Unsubscribe', Value: `<${url}>` },
  { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
];

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
