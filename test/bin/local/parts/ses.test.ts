import { runInNewContext } from 'node:vm';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { type SesStandIn, startSes } from '../../../../bin/local/parts/ses';
import { accountPages } from '../../../../services/contract';
import { setUp, stoppedAfterEach } from '../../../support/set-up';

const started = stoppedAfterEach();
let ses: SesStandIn;
const told: string[] = [];
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
setUp(async (things) => {
  ses = await things.use(startSes((email, url) => told.push(`${email.Content.Simple.Subject.Data} ${url}`)));
  const client = new SESv2Client({ endpoint: ses.url, region: 'eu-west-1', credentials });
  things.defer(() => client.destroy());
  const send = (subject: string, to: string) =>
    client.send(
      new SendEmailCommand({
        FromEmailAddress: 'shop@example.com',
        Destination: { ToAddresses: [to] },
        Content: {
          Simple: {
            Subject: { Data: subject },
            Headers: [{ Name: 'X-Request-Id', Value: 'request-<1>' }],
            Body: {
              Text: { Data: 'Hello <b>,\nthank you' },
              Html: {
                Data: `<html><head></head><body><script>steal()</script><a href="${ses.url}/account">Open</a></body></html>`,
              },
            },
          },
        },
      }),
    );
  await send('First & <i>', 'ann@example.com');
  await send('Second', 'ben@example.com');
});

async function get(path: string) {
  const response = await fetch(`${ses.url}${path}`);
  return { status: response.status, policy: response.headers.get('content-security-policy') ?? '', html: await response.text() };
}

describe('the pages on which one reads e-mails', () => {
  it('are on this machine alone, and their addresses are told as e-mails come', () => {
    expect(new URL(ses.url).hostname).toBe('127.0.0.1');
    expect(told).toEqual([`First & <i> ${ses.url}/emails/1`, `Second ${ses.url}/emails/2`]);
  });

  it('list them, the newest first', async () => {
    const { status, html } = await get('/');
    expect(status).toBe(200);
    expect([...html.matchAll(/<li><a href="(.*?)">(.*?)<\/a> to (.*?)<\/li>/g)].map((found) => found.slice(1))).toEqual([
      ['/emails/2', 'Second', 'ben@example.com'],
      ['/emails/1', 'First &amp; &lt;i&gt;', 'ann@example.com'],
    ]);
  });

  it('show one as text, and its HTML in a frame that runs nothing', async () => {
    const { html, policy } = await get('/emails/1');
    expect(html).toContain('<pre>Hello &lt;b&gt;,\nthank you</pre>');
    expect(html).toContain('<pre>X-Request-Id: request-&lt;1&gt;</pre>');
    expect(html).toMatch(/<iframe [^>]*sandbox="allow-popups allow-popups-to-escape-sandbox" src="\/emails\/1\/html">/);
    expect([html.includes('steal'), policy]).toEqual([false, expect.stringMatching(/^default-src 'none';/)]);
  });

  it('show its HTML as it is, whose links open a page of their own', async () => {
    const { html, policy } = await get('/emails/1/html');
    expect(html).toMatch(/^<html><head><base target="_blank"><\/head><body><script>/);
    expect(policy).toBe(
      "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    );
  });

  it.each(Object.values(accountPages))('stand for %s of the shop, which shows the token', async (path) => {
    const { status, html, policy } = await get(path);
    const [, script = ''] = /<script>(.*)<\/script>/.exec(html) ?? [];
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(script))).toString('base64');
    expect([status, policy]).toEqual([200, expect.stringContaining(`script-src 'sha256-${hash}'`)]);
    const shown = { textContent: '' };
    const page = { document: { querySelector: () => shown }, location: { hash: '#token=abc_-1' } };
    runInNewContext(script, { ...page, URLSearchParams });
    expect(shown.textContent).toBe('abc_-1');
  });

  it.each(['/emails/0', '/emails/3', '/emails/1/other', '/favicon.ico'])('are no others: %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it('say that nothing was sent yet', async () => {
    const { url } = await started.use(startSes());
    expect(await (await fetch(url)).text()).toContain('None was sent yet.');
  });
});
