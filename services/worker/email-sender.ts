import { SESv2Client, type SESv2ClientConfig, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Logger } from '../runtime/logger';
import type { EmailContent } from './emails/order-email';
import type { EmailDelivery } from './environment';

export interface Email extends EmailContent {
  /** Of the message that asks for it, for the log. */
  readonly id: string;
  readonly to: string;
}

export interface EmailSender {
  /** @throws {EmailError} */
  send(email: Email): Promise<void>;
  close(): void;
}

/** SES took no e-mail. */
class EmailError extends Error {
  readonly code = 'EMAIL';

  constructor(error: unknown) {
    super(
      error instanceof Error ? `SES did not accept an e-mail: ${error.name}: ${withoutAddresses(error.message)}` : 'SES failed',
    );
    this.name = 'EmailError';
  }
}

/** SES quotes the addresses that it does not like; a log is no place for them. */
const withoutAddresses = (text: string): string => text.replace(/[^\s<>,;:"']+@[^\s<>,;:"']+/g, '…@…');

/**
 * ms and tries: an assumption. All tries together end well before the 60 s after which PostgreSQL ends a transaction that waits for
 * an answer (migrations/sql/0001_privileges.sql).
 */
const limits = {
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 8_000, throwOnRequestTimeout: true },
  maxAttempts: 3,
  retryMode: 'adaptive', // SES takes so many a second; the rest waits
} as const;

/** `ses`: settings of the client, for an SES that is not AWS's. */
export function createEmailSender(
  delivery: EmailDelivery,
  { region, log, ses = {} }: { readonly region: string; readonly log: Logger; readonly ses?: SESv2ClientConfig },
): EmailSender {
  if (delivery.by === 'log') {
    return { send: async ({ to, subject, text }) => log.info('E-mail', { to, subject, text }), close: () => undefined };
  }
  if (delivery.by === 'nobody') {
    return {
      send: async ({ id }) => log.warn('An e-mail was not sent: no sender is set', { id }),
      close: () => undefined,
    };
  }
  const client = new SESv2Client({ region, ...limits, ...ses });
  return {
    send: async ({ id, to, subject, text, html }) => {
      const command = new SendEmailCommand({
        FromEmailAddress: delivery.from,
        Destination: { ToAddresses: [to] },
        Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } } },
      });
      try {
        const { MessageId } = await client.send(command);
        log.info('E-mail sent', { id, sesMessageId: MessageId });
      } catch (error) {
        throw new EmailError(error);
      }
    },
    close: () => client.destroy(),
  };
}

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
